using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Reading;

/// <summary>A setting that no version of the server reads.</summary>
public sealed class MisspelledSetting() : Rule(
    id: "SWH0004",
    title: "Use setting names that the server knows",
    message: "The server reads no {0}: what is written here has no effect, and the server says nothing.{1}",
    why: "The server looks up the keys it knows and never looks at the others. A slip of the pen, an underscore for a hyphen, a table in the wrong place: what was meant to protect the server does not, and nothing tells.",
    remedy: "Write the name that the server reads, or remove what has no effect. Only settings of families that are known completely are reported.",
    whyInPlan: "Nobody asks back: the tool refuses a plan whole for an object or operation that does not exist, and a field that does not exist ends the run at its operation. What was meant to protect the server is not applied, nor is what stands after it.",
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
            judgement.Add(new Finding(
                this,
                IgnoredNames.SpanOf(server, ignored),
                ignored.Settings[0].Key,
                $"{(ignored.Note.Length > 0 ? "list" : "setting")} '{Display.Text(ignored.Name)}'",
                ignored.Alive is { } meant ? $" Did you mean '{Display.Text(meant)}'?" : ignored.Note.Length > 0 ? " " + ignored.Note : "")
            {
                Subject = ignored,
                SeverityOverride = ignored.Alive is null && ignored.Note.Length == 0 ? RuleSeverity.Info : null,
            });
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        foreach (var repair in TextRepairs.For(this, finding))
            yield return repair;
        if (finding.Subject is not IgnoredSetting ignored)
            yield break;
        if (ignored is { Alive: { } meant, AliveIsWritten: false })
        {
            yield return new Remedy(
                $"Call it '{Display.Text(meant)}' (the server then does what it says)",
                "review/SWH0004/rename",
                RemedySafety.Review,
                [new SettingEdit.Rename(ignored.Name, meant)]);
        }
    }
}
