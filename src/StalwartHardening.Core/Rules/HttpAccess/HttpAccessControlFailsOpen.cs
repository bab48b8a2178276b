using StalwartHardening.Expressions;
using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.HttpAccess;

/// <summary>Access control that the server cannot read, or that comes to no status: both mean "let through".</summary>
internal sealed class HttpAccessControlFailsOpen() : Rule(
    id: "SWH2003",
    title: "Repair HTTP access control that fails open",
    message: "{0}: '{1}' gets through. {2}",
    why: "Whatever is not a status, the server lets through: a typo anywhere drops the whole setting, a missing `else` too, and words like `deny` or conditions without a consequence are no status. At start this is only logged. Such a rule is worse than none, because it looks like one.",
    remedy: "Let every branch evaluate to a number, 200 to admit and 403 or 404 to refuse, end the rules with an `else`, and write the key as the server reads it.",
    whyInPlan: "Whatever is not a status, the server lets through: words like `deny`, conditions without a consequence, numbers that are no status. A rule that does not compile is refused when it is written, and what was there before stays. Such a rule is worse than none, because it looks like one.",
    remedyInPlan: "Let every branch evaluate to a number, 200 to admit and 403 or 404 to refuse.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var mistake in server.HttpAccessMistakes)
        {
            judgement.Add(new Finding(this, mistake.Span, mistake.Setting.Key, mistake.Description, mistake.Witness.ToString(), Advice(server, mistake))
            {
                Subject = mistake,
            });
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        if (finding.Subject is not HttpAccessMistake mistake || server.HttpAccess.Key is not { } key)
            yield break;
        var setting = mistake.Setting;
        switch (mistake.Kind)
        {
            case HttpAccessMistakeKind.NoStatus when IsRefusal(setting.Value):
                yield return new Remedy("Refuse with status 403", "safe/SWH2003/repair", RemedySafety.Safe, [new SettingEdit.Set(setting.Key, "403")]);
                break;
            case HttpAccessMistakeKind.MissingElse when server.HttpAccess.Block.Problems.Count == 1 && server.HttpAccess.Edits.AddElse(server.HttpAccess, "404") is { } addition:
                yield return new Remedy("Refuse what no rule decides, with status 404", "safe/SWH2003/repair", RemedySafety.Safe, [addition]);
                break;
            case HttpAccessMistakeKind.UnreadKey when server.HttpAccess.Edits.CorrectName(server.HttpAccess, setting) is { } correction:
                yield return new Remedy($"Call it '{key}'", "safe/SWH2003/repair", RemedySafety.Safe, [correction]);
                break;
        }
    }

    private static string Advice(ServerConfiguration server, HttpAccessMistake mistake) => mistake.Kind switch
    {
        HttpAccessMistakeKind.MissingElse => "End the rules with { else = \"404\" }.",
        HttpAccessMistakeKind.UnreadKey when server.HttpAccess.Edits.IsMisplaced(mistake.Setting) =>
            "A key belongs to the table whose header precedes it: write it before the first header, or below [http].",
        HttpAccessMistakeKind.UnreadKey => "Write the key as the server reads it.",
        HttpAccessMistakeKind.Dropped => "Correct it.",
        _ => "Make it evaluate to a number: 403 or 404 to refuse.",
    };

    // Words that say no; what else a text without a status was meant to do only its author knows.
    private static bool IsRefusal(string expression) => expression.Trim(' ', '\'', '"').ToLowerInvariant() is
        "deny" or "denied" or "refuse" or "refused" or "reject" or "rejected" or "forbidden" or "forbid" or "block" or "blocked" or "drop"
        or "false" or "no" or "403 forbidden" or "404 not found" or "401 unauthorized" or "not found" or "unauthorized";
}
