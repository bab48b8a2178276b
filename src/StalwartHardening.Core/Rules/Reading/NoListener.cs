using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules.Reading;

/// <summary>Everything that was meant to listen is under names the server does not read.</summary>
internal sealed class NoListener() : Rule(
    id: "SWH0015",
    title: "Declare listeners under the name the server reads",
    message: "The server opens no port: it reads listeners from [server.listener.NAME] only, each with 'protocol' and 'bind', and everything under '{0}'{1} is silently ignored. Nothing else here determines what the server will serve.",
    why: "A configuration without listeners is accepted and serves nobody; often the server that really runs is another one, with the listeners of its first start on every address. None of the other rules can say anything about listeners that do not exist.",
    remedy: "Move each listener to `[server.listener.NAME]` with `protocol` and `bind`.")
{
    /// <inheritdoc/>
    public override string? NoRemedyReason => "Which protocol each of them was meant to speak, and how, only the author knows.";

    /// <inheritdoc/>
    public override void Judge(ServerConfiguration server, Judgement judgement)
    {
        foreach (var ignored in server.IgnoredSettings)
        {
            if (ignored.Reason != IgnoredReason.NoListener)
                continue;
            judgement.Add(
                this,
                IgnoredNames.SpanOf(server, ignored),
                ignored.Settings[0].Key,
                Display.Text(ignored.Name),
                ignored.Others.Count switch { 0 => "", 1 => $" and '{Display.Text(ignored.Others[0])}'", var count => $" and {count} other names" });
        }
    }
}
