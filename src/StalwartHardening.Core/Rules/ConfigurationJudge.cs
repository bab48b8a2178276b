using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules;

/// <summary>Puts one server before all rules.</summary>
public static class ConfigurationJudge
{
    /// <summary>All findings about <paramref name="server"/>, in text order, comments that suppress them already heeded.</summary>
    /// <param name="server">The server.</param>
    /// <param name="options">What the file cannot say about the server, and what its owner has decided.</param>
    /// <param name="cancellation">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<Finding> Judge(ServerConfiguration server, JudgementOptions options, CancellationToken cancellation = default)
    {
        var judgement = new Judgement(options, cancellation);
        foreach (var rule in RuleCatalog.All)
        {
            cancellation.ThrowIfCancellationRequested();
            rule.Judge(server, judgement);
        }

        foreach (var rule in RuleCatalog.All)
            rule.Conclude(server, judgement);

        return Suppressions.Apply(server, judgement.Findings);
    }
}
