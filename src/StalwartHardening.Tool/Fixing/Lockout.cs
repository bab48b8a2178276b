using StalwartHardening.Edits;
using StalwartHardening.Generations;
using StalwartHardening.Server.Exposure;
using StalwartHardening.Tool.Checking;

namespace StalwartHardening.Tool.Fixing;

/// <summary>A fix that would take away the last way to administer a server, and where the finding is that it is for.</summary>
/// <param name="Proposal">The fix.</param>
/// <param name="Loss">What it would take.</param>
internal sealed record Lockout(Proposal Proposal, AdministrationLoss Loss)
{
    /// <summary>What the fixes of a report take by themselves; empty where nothing is taken.</summary>
    public static IReadOnlyList<Lockout> In(FileReport report, Func<Proposal, bool> isMade)
    {
        var lockouts = new List<Lockout>();
        if (report.Server is not { } server)
            return lockouts;
        var now = AccessStatement.From(server).Administration;
        foreach (var finding in report.Findings)
        {
            // The first is the one that is made.
            if (FileFixer.Proposals(report, finding).FirstOrDefault() is not { } proposal || !isMade(proposal))
                continue;
            if (Of(report, now, proposal) is not AdministrationLoss.None and var loss)
                lockouts.Add(new Lockout(proposal, loss));
        }

        return lockouts;
    }

    /// <summary>What one fix would take.</summary>
    public static AdministrationLoss Of(FileReport report, Proposal proposal) => Of(report, AccessStatement.From(report.Server!).Administration, proposal);

    /// <summary>What would be taken by a file's new text.</summary>
    public static AdministrationLoss Of(FileReport report, string newText) =>
        report.Server is { } server ? AccessStatement.From(server).Administration.LossTo(AccessStatement.From(ConfigurationReader.Read(newText, report.Options.Target)).Administration) : AdministrationLoss.None;

    /// <summary>What is lost, in words.</summary>
    public static string Describe(AdministrationLoss loss) => loss switch
    {
        AdministrationLoss.Entrance => "the last way to administer the server from another machine",
        AdministrationLoss.Administrator => "the last administrator that the file shows",
        _ => "the last way to administer the server from another machine, and the last administrator that the file shows",
    };

    private static AdministrationLoss Of(FileReport report, AdministrationAccess now, Proposal proposal) =>
        now.LossTo(AccessStatement.From(ConfigurationReader.Read(TextChange.Apply(report.Text, proposal.Changes), report.Options.Target)).Administration);
}
