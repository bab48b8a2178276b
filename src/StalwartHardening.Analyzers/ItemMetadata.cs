using StalwartHardening.Rules;

namespace StalwartHardening.Analyzers;

/// <summary>What the package's build files tell the analyzer about a file or the project, in the compiler's spelling.</summary>
internal static class ItemMetadata
{
    /// <summary><c>true</c> for a file that the project names in a StalwartConfiguration item.</summary>
    public const string IsStalwartConfiguration = "build_metadata.AdditionalFiles.StalwartConfiguration";

    /// <summary>The server version that reads the file.</summary>
    public const string TargetVersion = "build_metadata.AdditionalFiles." + HardeningOptions.TargetVersionMetadata;

    /// <summary>What the server is before the plan in the file runs.</summary>
    public const string ServerState = "build_metadata.AdditionalFiles." + HardeningOptions.ServerStateMetadata;

    /// <summary>The name of the run that the plan in the file is a part of.</summary>
    public const string Run = "build_metadata.AdditionalFiles.Run";

    /// <summary>What the name of a property begins with.</summary>
    public const string PropertyPrefix = "build_property.";
}
