namespace StalwartHardening.Rules;

/// <summary>How loud a finding is unless somebody says otherwise.</summary>
internal enum RuleSeverity
{
    /// <summary>Not reported.</summary>
    None,

    /// <summary>Advice: nothing is broken, something could be better.</summary>
    Info,

    /// <summary>Insecure, or not doing what its author believes.</summary>
    Warning,

    /// <summary>Fails the build. No rule starts here; the <c>strict</c> preset puts the heart of the rules here.</summary>
    Error,
}
