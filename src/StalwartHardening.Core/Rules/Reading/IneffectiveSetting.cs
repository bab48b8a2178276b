using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Reading;

/// <summary>A setting that looks effective and is not.</summary>
internal sealed class IneffectiveSetting() : Rule(
    id: "SWH0012",
    title: "Do not rely on ignored settings",
    message: "Server {0} does not read '{1}'{2}: what is written here has no effect.{3}",
    why: "Some settings are documented, or were read by earlier servers, and this one does not look at them. `server.tls.implicit = true` encrypts nothing, and `authentication.fallback-admin.enable = false` disables nothing.",
    remedy: "Use what the message names instead, and remove the setting that has no effect; if the file is for another version of the server, name that as the target version.",
    whyInPlan: "Some of what a plan says is accepted and does something else: a key that never matches makes a new object at every run, the rules of an expression survive where only `else` is written, deletions run first, wherever they appear.",
    remedyInPlan: "Change it as the message suggests.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var surprise in server.Surprises)
            judgement.Add(new Finding(this, surprise.Span, "", "", "", "", "") { Wording = surprise.Message, SeverityOverride = surprise.IsAdvice ? RuleSeverity.Info : null, Subject = surprise });

        foreach (var ignored in server.IgnoredSettings)
        {
            if (ignored.Reason != IgnoredReason.NotRead)
                continue;
            judgement.Add(new Finding(
                this,
                IgnoredNames.SpanOf(server, ignored),
                ignored.Settings[0].Key,
                server.Version.ToString(),
                Display.Text(ignored.Name),
                ignored.Others.Count switch
                {
                    0 => "",
                    1 => $" and '{Display.Text(ignored.Others[0])}'",
                    var count => $", '{Display.Text(ignored.Others[0])}'{(count == 2 ? " and one more" : $" and {count - 1} more")}",
                },
                ignored.Note.Length > 0 ? " " + ignored.Note : "")
            {
                Subject = ignored,
                Related = IgnoredNames.OtherPlaces(server, ignored),
            });
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) =>
        finding.Subject is IgnoredSetting ignored
            ? [new Remedy("Remove what has no effect", "safe/SWH0012/remove", RemedySafety.Safe, IgnoredNames.Removal(ignored))]
            : TextRepairs.For(this, finding);
}
