using Microsoft.CodeAnalysis;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>
/// Shows that a changed program compiles as before, and writes the server that the remedy wants: its edits and nothing else, the
/// finding gone and none come. Whatever cannot be shown is not offered.
/// </summary>
internal static class BuilderProof
{
    /// <summary>The program after an attempt; null where it is not what is wanted.</summary>
    public static FixedProgram? Prove(BuilderServers program, Attempt attempt, BuilderFocus focus, CancellationToken cancellation) =>
        attempt.Proposal.Edit.Apply(program.Compilation, cancellation) is var (compilation, trees) ? Prove(program, attempt, focus, compilation, trees, cancellation) : null;

    /// <summary>The same where the changes have been made already, perhaps with others elsewhere.</summary>
    public static FixedProgram? Prove(BuilderServers program, Attempt attempt, BuilderFocus focus, Compilation compilation, Dictionary<SyntaxTree, SyntaxTree> trees, CancellationToken cancellation)
    {
        var (server, finding, remedy, proposal) = attempt;
        var after = focus.After(trees);
        if (BuilderServers.Read(compilation, program.Options, after, cancellation) is not { } result)
            return null;
        var met = new HashSet<JudgedServer>();
        for (var i = 0; i < program.Servers.Count; i++)
        {
            var old = program.Servers[i];
            // Where a condition goes, two ways become one.
            var candidates = result.Servers.Count == program.Servers.Count ? [result.Servers[i]] : result.Servers;
            if (candidates.FirstOrDefault(fresh => IsWanted(old, fresh, i == server)) is not { } wanted)
                return null;
            met.Add(wanted);
        }

        return met.Count == result.Servers.Count && trees.All(pair => CompilesAsBefore(program.ProblemsIn(pair.Key, cancellation), result.ProblemsIn(pair.Value, cancellation)))
            ? new FixedProgram(result, trees, after)
            : null;

        bool IsWanted(JudgedServer old, JudgedServer fresh, bool isGuilty) =>
            fresh.Written.Document.IsComplete == old.Written.Document.IsComplete
            && fresh.Written.Document.OpenPrefixes.SequenceEqual(old.Written.Document.OpenPrefixes)
            && (isGuilty ? Matches(old, fresh, remedy, proposal) : DiffersOnlyIn(old, fresh, remedy, proposal))
            && RemedyApplication.Helps(old.Findings, fresh.Findings, finding, isGuilty ? remedy : remedy with { EndsFinding = false });
    }

    // Also nothing to warn of: a constant that nobody uses any more would fail a build without warnings.
    private static bool CompilesAsBefore(IReadOnlyDictionary<string, int> before, IReadOnlyDictionary<string, int> after) =>
        after.All(problem => before.TryGetValue(problem.Key, out var known) && problem.Value <= known);

    private static bool Matches(JudgedServer old, JudgedServer fresh, Remedy remedy, Proposal proposal)
    {
        if (ExpectedSettings.After(old.Written.Document, remedy.Edits) is not { } expected)
            return false;
        return Lines(expected.Where(pair => !proposal.Collateral.Contains(pair.Key)).Select(static pair => (pair.Key, pair.Value)))
            .SequenceEqual(Lines(Settings(fresh).Where(pair => !proposal.Collateral.Contains(pair.Item1))));
    }

    // Another way through the same program: it may write the same setting, or another listener by the same call, but nothing else changes.
    private static bool DiffersOnlyIn(JudgedServer old, JudgedServer fresh, Remedy remedy, Proposal proposal)
    {
        var touched = new List<string>(proposal.Collateral);
        foreach (var edit in remedy.Edits)
        {
            switch (edit)
            {
                case SettingEdit.Remove remove:
                    touched.Add(remove.Key);
                    break;
                case SettingEdit.Set set:
                    touched.Add(set.Key);
                    break;
                case SettingEdit.Insert insert:
                    touched.AddRange(insert.Settings.Select(static setting => setting.Key));
                    break;
                case SettingEdit.Rename rename:
                    touched.Add(rename.Key);
                    touched.Add(rename.NewKey);
                    break;
            }
        }

        touched = [.. touched.Select(WithoutIndexes)];
        return Untouched(old).SequenceEqual(Untouched(fresh));

        IEnumerable<string> Untouched(JudgedServer server) => Lines(Settings(server).Where(setting =>
        {
            var key = WithoutIndexes(setting.Item1);
            return !touched.Exists(prefix => key == prefix || key.StartsWith(prefix + ".", StringComparison.Ordinal));
        }));
    }

    private static List<(string, string)> Settings(JudgedServer server)
    {
        var settings = new List<(string, string)>();
        foreach (ref readonly var setting in server.Written.Document.InTextOrder)
            settings.Add((setting.Key, setting.Value));
        return settings;
    }

    // A list is counted anew where an entry goes, and one entry is as good as the text alone.
    private static IEnumerable<string> Lines(IEnumerable<(string Key, string Value)> settings) =>
        settings.Select(static setting => WithoutIndexes(setting.Key) + " = " + setting.Value).OrderBy(static line => line, StringComparer.Ordinal);

    private static string WithoutIndexes(string key) =>
        string.Join(".", key.Split('.').Where(static part => part.Length < 4 || !part.All(static c => c is >= '0' and <= '9')));
}

/// <summary>A program that a fix has changed.</summary>
/// <param name="Program">The servers it writes now.</param>
/// <param name="Trees">What became of each file that changed.</param>
/// <param name="Focus">Where to read on.</param>
internal sealed record FixedProgram(BuilderServers Program, IReadOnlyDictionary<SyntaxTree, SyntaxTree> Trees, BuilderFocus Focus);

/// <summary>One way to say one remedy of one finding.</summary>
/// <param name="Server">The position of the server that has the finding.</param>
/// <param name="Finding">The finding.</param>
/// <param name="Remedy">The remedy.</param>
/// <param name="Proposal">How to say it.</param>
internal sealed record Attempt(int Server, Finding Finding, Remedy Remedy, Proposal Proposal);
