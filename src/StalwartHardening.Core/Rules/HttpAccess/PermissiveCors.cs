using StalwartHardening.Remedies;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.HttpAccess;

/// <summary>Web pages of any origin may use the HTTP endpoints.</summary>
internal sealed class PermissiveCors() : Rule(
    id: "SWH2007",
    title: "Do not allow cross-origin requests from every site",
    message: "'{0}' lets web pages of any origin read the server's answers: a script on another site may use every endpoint a visitor can reach. Allow the origins of your own web clients.",
    why: "A browser keeps scripts of one site from reading another. `http.permissive-cors` answers every origin with `*`, so that a page a user happens to visit may try passwords and tokens from the user's own network, also where only that network can reach the server.",
    remedy: "Turn `http.permissive-cors` off, and name the origins of your web clients in `http.headers`.",
    whyInPlan: "A browser keeps scripts of one site from reading another. `Http/usePermissiveCors` answers every origin with `*`, so that a page a user happens to visit may try passwords and tokens from the user's own network, also where only that network can reach the server.",
    remedyInPlan: "Turn `Http/usePermissiveCors` off, and name the origins of your web clients in `Http/responseHeaders`.")
{
    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        if (server.Http.PermissiveCors is { Value: true, Setting: { } setting } cors)
            judgement.Add(this, setting.ValueSpan, setting.Key, server.InWords(cors.Name, "true"));
        foreach (var header in server.Http.Headers)
            JudgeHeader(header, judgement);
    }

    /// <inheritdoc/>
    public override IEnumerable<Remedy> Remedies(ServerConfiguration server, Finding finding)
    {
        if (finding.SettingKey == server.Http.PermissiveCors.Name)
            yield return new Remedy("Turn permissive CORS off (web clients on other origins are cut off)", "review/SWH2007/turn-off", RemedySafety.Review, [server.Http.PermissiveCors.Set(false)]);
    }

    private void JudgeHeader(in Setting header, Judgement judgement)
    {
        var colon = header.Value.IndexOf(':');
        if (colon > 0
            && header.Value.Substring(0, colon).Trim().Equals("Access-Control-Allow-Origin", StringComparison.OrdinalIgnoreCase)
            && header.Value.Substring(colon + 1).Trim() == "*")
        {
            judgement.Add(this, header.ValueSpan, header.Key, Display.Text(header.Value));
        }
    }
}
