namespace StalwartHardening.Expressions;

/// <summary>
/// The words beside <c>true</c> and <c>false</c> that a field's expressions may take from 0.16 on (<c>registry/src/schema/enums.rs</c>):
/// any other of them keeps the expression from compiling there. A field for which the server lists none takes them all.
/// </summary>
internal sealed class ExpressionConstants
{
    private readonly string[]? _names;

    private ExpressionConstants(params string[]? names) => _names = names;

    /// <summary>All: the server lists none.</summary>
    public static ExpressionConstants All { get; } = new(null);

    /// <summary>How strictly something about a sender is verified.</summary>
    public static ExpressionConstants Verification { get; } = new("relaxed", "strict", "disable");

    /// <summary>The ways to log in.</summary>
    public static ExpressionConstants Mechanisms { get; } = new("login", "plain", "xoauth2", "oauthbearer");

    /// <summary>How often a report is sent.</summary>
    public static ExpressionConstants ReportFrequency { get; } = new("hourly", "daily", "weekly", "disable");

    /// <summary>What the priorities of messages mean.</summary>
    public static ExpressionConstants Priorities { get; } = new("mixer", "stanag4406", "nsep");

    public bool Allows(string name) => _names is null || Array.IndexOf(_names, name) >= 0;

    /// <inheritdoc/>
    public override string ToString() => _names is null ? "all" : string.Join(", ", _names);
}
