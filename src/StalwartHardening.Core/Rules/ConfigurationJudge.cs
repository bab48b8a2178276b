using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Rules;

/// <summary>Puts one server before all rules.</summary>
internal static class ConfigurationJudge
{
    /// <summary>All findings about <paramref name="server"/>, in text order, comments that suppress them already heeded.</summary>
    /// <param name="server">The server.</param>
    /// <param name="options">What the file cannot say about the server, and what its owner has decided.</param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public static IReadOnlyList<Finding> Judge(ServerConfiguration server, JudgementOptions options, CancellationToken cancellationToken = default)
    {
        var judgement = new Judgement(options, cancellationToken);
        foreach (var rule in RuleCatalog.All)
        {
            cancellationToken.ThrowIfCancellationRequested();
            rule.Judge(server, judgement);
        }

        foreach (var rule in RuleCatalog.All)
            rule.Conclude(server, judgement);

        return Suppressions.Apply(server, judgement.Findings);
    }
}
