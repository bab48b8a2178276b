namespace StalwartHardening.Configuration;

/// <summary>How loud a finding is.</summary>
public enum Severity
{
    /// <summary>Advice: nothing is broken, something could be better.</summary>
    Info = 1,

    /// <summary>Insecure, or not doing what its author believes.</summary>
    Warning = 2,

    /// <summary>Not to be delivered. No rule starts here.</summary>
    Error = 3,
}
