namespace StalwartHardening.Configuration;

/// <summary>Who may read and write a configuration file, on Unix.</summary>
public enum ConfigurationFileMode
{
    /// <summary>Everybody whom the process lets read the files it writes; an existing file keeps its permissions.</summary>
    Default,

    /// <summary>Its owner only (<c>0600</c>): for a file with secrets.</summary>
    Owner,

    /// <summary>Its owner, and its group for reading (<c>0640</c>).</summary>
    OwnerAndGroup,
}
