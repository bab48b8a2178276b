using System.Globalization;
using StalwartHardening.Rules;

namespace StalwartHardening.Configuration;

/// <summary>One thing that is wrong with a server as it was built.</summary>
public sealed class ServerFinding
{
    internal ServerFinding(Finding finding, string? call, SourceLine? place)
    {
        RuleId = finding.Rule.Id;
        Title = finding.Rule.Title;
        Severity = (Severity)finding.Severity;
        Message = OptionAdvice.Say(finding.Message, AdviceHost.Program);
        SettingKey = finding.SettingKey;
        HelpLink = finding.Rule.HelpLink;
        Call = call;
        FilePath = place?.File;
        Line = place?.Line ?? 0;
    }

    /// <summary>The rule, for example <c>SWH1001</c>.</summary>
    public string RuleId { get; }

    /// <summary>What to do, in a few words.</summary>
    public string Title { get; }

    /// <summary>How loud it is.</summary>
    public Severity Severity { get; }

    /// <summary>What is wrong, what follows and what to do. Never holds a secret.</summary>
    public string Message { get; }

    /// <summary>The full key of the setting it is about; empty where it is about the whole.</summary>
    public string SettingKey { get; }

    /// <summary>The builder's method that wrote the setting, for example <c>Bind</c>; null where the configuration was not built but read.</summary>
    public string? Call { get; }

    /// <summary>The source file of the call that wrote the setting; null where the program carries no debugging symbols, or the configuration was read from text.</summary>
    public string? FilePath { get; }

    /// <summary>The line of that call, or of the text that was read, from 1; 0 where nobody knows.</summary>
    public int Line { get; }

    /// <summary>The page that explains the rule.</summary>
    public string HelpLink { get; }

    /// <summary>As compilers write it: <c>MailServer.cs(12): warning SWH1001: …</c>.</summary>
    public override string ToString() => ToString(Severity);

    internal string ToString(Severity severity) => string.Format(
        CultureInfo.InvariantCulture,
        "{0}{1} {2}: {3}",
        Place,
        Severities.Name((RuleSeverity)severity),
        RuleId,
        Message);

    private string Place =>
        FilePath is not null ? string.Format(CultureInfo.InvariantCulture, "{0}({1}): ", FilePath, Line)
        : Line > 0 ? string.Format(CultureInfo.InvariantCulture, "({0}): ", Line)
        : Call is not null ? string.Format(CultureInfo.InvariantCulture, "'{0}' ({1}): ", SettingKey, Call)
        : "";
}
