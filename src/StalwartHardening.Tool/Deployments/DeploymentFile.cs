using StalwartHardening.Tool.Input;

namespace StalwartHardening.Tool.Deployments;

/// <summary>Files that start a server instead of configuring it: of them only the environment is read.</summary>
internal static class DeploymentFile
{
    /// <summary>Whether a file that was named is one, which its name says: <c>.env</c>, <c>.env.production</c>, <c>stalwart.env</c>, YAML.</summary>
    public static bool Is(InputFile file) => file.IsNamed && (IsYaml(file) || IsEnvironment(file));

    /// <summary>The variables in it; and why there are none, as the end of a sentence, or null.</summary>
    public static IReadOnlyList<EnvironmentEntry> Read(InputFile file, string text, out string? problem)
    {
        if (IsYaml(file))
            return YamlEnvironment.Read(text, out problem);
        problem = null;
        return [.. EnvironmentFile.Read(text)];
    }

    private static bool IsYaml(InputFile file) => Path.GetExtension(file.FullPath).ToUpperInvariant() is ".YAML" or ".YML";

    private static bool IsEnvironment(InputFile file)
    {
        var name = Path.GetFileName(file.FullPath);
        return name.EndsWith(".env", StringComparison.OrdinalIgnoreCase) || name.StartsWith(".env.", StringComparison.OrdinalIgnoreCase) || name.Contains(".env.", StringComparison.OrdinalIgnoreCase);
    }
}
