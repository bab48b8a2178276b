using System.Reflection;

namespace StalwartHardening.Tool;

/// <summary>The version of the tool.</summary>
internal static class ToolVersion
{
    /// <summary>As packages are numbered: <c>0.1.0</c>.</summary>
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
