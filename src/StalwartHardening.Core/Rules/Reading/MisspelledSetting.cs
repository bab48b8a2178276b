using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Reading;

/// <summary>A setting that no version of the server reads.</summary>
internal sealed class MisspelledSetting() : Rule(
    id: "SWH0004",
    title: "Use setting names that the server knows",
    message: "The server reads no {0}: what is written here has no effect, and the server says nothing.{1}",
    why: "The server looks up the keys it knows and never looks at the others. A typing error, an underscore for a hyphen, a table in the wrong place: what was meant to protect the server does not, and nothing reports it.",
    remedy: "Write the name that the server reads, or remove what has no effect. Only settings of families that are known completely are reported.",
    whyInPlan: "There is no warning: the tool refuses a plan whole for an object or operation that does not exist, and a field that does not exist ends the run at its operation. What was meant to protect the server is not applied, nor is anything after it.",
    remedyInPlan: "Write the name that the server knows.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var refusal in server.Refusals)
        {
            if (refusal.Kind == RefusalKind.UnknownName)
                judgement.Add(new Finding(this, refusal.Span, "", "", "") { Wording = refusal.Message, Subject = refusal });
        }

        foreach (var ignored in server.IgnoredSettings)
        {
            if (ignored.Reason != IgnoredReason.Unknown)
                continue;
            judgement.Add(new Finding(this, IgnoredNames.SpanOf(server, ignored), ignored.Settings[0].Key, NameOf(ignored), AdviceFor(server, ignored))
            {
                Subject = ignored,
                Related = IgnoredNames.OtherPlaces(server, ignored),
                SeverityOverride = ignored.Alive is null && ignored.Note.Length == 0 ? RuleSeverity.Info : null,
            });
        }
    }

    private static string NameOf(IgnoredSetting ignored) => ignored.Others.Count switch
    {
        0 => $"{(ignored.Note.Length > 0 ? "list" : "setting")} '{Display.Text(ignored.Name)}'",
        1 => $"setting '{Display.Text(ignored.Name)}' or '{Display.Text(ignored.Others[0])}'",
        var count => $"setting '{Display.Text(ignored.Name)}', '{Display.Text(ignored.Others[0])}'{(count == 2 ? " or one more" : $" or {count - 1} more")}",
    };

    // What follows for the listener it was written for, with a space before it; empty where that starts all the same.
    private static string Consequence(ServerConfiguration server, IgnoredSetting ignored)
    {
        if (ignored.Alive is not { } alive || ignored.AliveIsWritten || !server.Document.IsComplete || !SettingPath.IsBelow(alive, Listener.Family))
            return "";
        return SettingPath.LastPart(alive) is ("protocol" or "bind") and var missing && SettingPath.Parent(alive) is var listener && SettingPath.IsBelow(listener, Listener.Family)
            ? $" Without '{missing}', listener '{Display.Text(SettingPath.Relative(listener, Listener.Family))}' never starts."
            : "";
    }

    private static string AdviceFor(ServerConfiguration server, IgnoredSetting ignored) => ignored switch
    {
        { Slip: { } slip, Others.Count: > 0 } => $" Did you mean '{Display.Text(slip.Meant)}' instead of '{Display.Text(slip.Written)}'?",
        { Alive: { } meant } => $"{Consequence(server, ignored)} Did you mean '{Display.Text(meant)}'?",
        { Note.Length: > 0 } => " " + ignored.Note,
        _ => "",
    };

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        foreach (var repair in TextRepairs.For(this, finding))
            yield return repair;
        if (finding.Subject is not IgnoredSetting ignored)
            yield break;
        if (ignored is { Alive: { } meant, AliveIsWritten: false, Slip: { } slip })
        {
            var edits = new List<SettingEdit> { new SettingEdit.Rename(ignored.Name, meant) };
            foreach (var other in ignored.Others)
                edits.Add(new SettingEdit.Rename(other, slip.Meant + other.Substring(slip.Written.Length)));
            yield return new Remedy(
                $"Call it '{Display.Text(edits.Count == 1 ? meant : slip.Meant)}' (the setting then takes effect)",
                "review/SWH0004/rename",
                RemedySafety.Review,
                edits);
        }
    }
}
