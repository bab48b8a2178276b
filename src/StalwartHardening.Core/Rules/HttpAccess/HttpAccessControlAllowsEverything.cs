using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.HttpAccess;

/// <summary>Access control that lets every request from elsewhere through, on purpose or not.</summary>
internal sealed class HttpAccessControlAllowsEverything() : Rule(
    id: "SWH2002",
    title: "Restrict HTTP access",
    message: "'{0}' evaluates to 200 for every request from elsewhere: '{1}' gets through, and so does everything else. Admit what clients need and refuse the rest.",
    why: "A rule that evaluates to 200 for every request is the same as no rule: the management API and the web administration are open to everybody who can connect.",
    remedy: "Admit the paths that mail clients need and refuse the rest, with one expression under `http.allowed-endpoint`.",
    whyInPlan: "A rule that evaluates to 200 for every request is the same as no rule: the web administration, metrics and forms are open to everybody who can connect.",
    remedyInPlan: "Admit the paths that mail clients need and refuse the rest, with one expression in `Http/allowedEndpoints`.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        if (server.HttpAccessMistakes.Count > 0 || server.HttpAccessCoverage != HttpAccessCoverage.NothingRefused)
            return;
        var policy = server.HttpAccess;
        var setting = policy.Block.Default.Setting;
        var witness = server.HttpExposure.Entrances[0].Example with { Target = server.SensitivePath };
        judgement.Add(this, setting.ValueSpan, setting.Key, Display.Text(policy.Key ?? ""), witness.ToString());
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding) => AllowListRemedy.For(server, finding, "review/SWH2002/allow-list");
}
