using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeActions;
using StalwartHardening.Configuration;
using StalwartHardening.Edits;
using StalwartHardening.Generations;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;
using StalwartHardening.Toml;

namespace StalwartHardening.Tests;

/// <summary>
/// Applies fixes to a program that is compiled and run before and after each, and says what broke. What the programs write is read by the
/// server's grammar and judged, so that the reader that proves a fix does not judge itself.
/// </summary>
internal sealed class FixExperiment(string name, ProjectId project, Solution solution, string entry, IReadOnlyList<byte[]> libraries)
{
    /// <summary>What broke: the program, the action, and how.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>Everything that was offered, with what it changed.</summary>
    public List<string> Record { get; } = [];

    /// <summary>How many actions were applied.</summary>
    public int Actions { get; private set; }

    /// <summary>How many findings there were.</summary>
    public int Findings { get; private set; }

    /// <summary>Applies each action to the program as it is.</summary>
    public async Task ApplyEachAsync()
    {
        var before = solution.GetProject(project)!;
        var written = await ProgramRun.OfAsync(before, entry, libraries);
        foreach (var diagnostic in await SourcePrograms.DiagnosticsAsync(before))
        {
            Findings++;
            foreach (var action in await SourcePrograms.ActionsAsync(before, diagnostic))
            {
                Actions++;
                var after = await ApplyAsync(action);
                await CheckAsync(before, written, after, diagnostic.Id, action.EquivalenceKey!, isAll: false);
            }
        }
    }

    /// <summary>Applies the first action of every rule to all its findings, one rule after the other, as <c>dotnet format</c> does.</summary>
    public async Task ApplyAllAsync()
    {
        var original = solution.GetProject(project)!;
        var written = await ProgramRun.OfAsync(original, entry, libraries);
        var current = solution;
        var applied = new HashSet<string>();
        for (var round = 0; round < 20; round++)
        {
            var isAny = false;
            foreach (var diagnostic in await SourcePrograms.DiagnosticsAsync(current.GetProject(project)!))
            {
                var actions = await SourcePrograms.ActionsAsync(current.GetProject(project)!, diagnostic);
                if (actions.Count == 0 || !applied.Add(actions[0].EquivalenceKey! + round / 8))
                    continue;
                if (await SourcePrograms.FixAllAsync(current, project, diagnostic.Id, actions[0].EquivalenceKey!) is not { } changed)
                    continue;
                current = changed;
                isAny = true;
                break;
            }

            if (!isAny)
                break;
        }

        if (applied.Count > 0)
            await CheckAsync(original, written, current.GetProject(project)!, "all", string.Join("+", applied), isAll: true);
    }

    private async Task<Project> ApplyAsync(CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetProject(project)!;
    }

    private async Task CheckAsync(Project before, ProgramRun written, Project after, string rule, string key, bool isAll)
    {
        var changes = await ChangesAsync(before, after);
        var title = $"{name}: {rule}, {key}";
        Record.Add(title + "\n" + changes);
        foreach (var problem in await ProblemsAsync(before, written, after, rule, key, isAll))
            Broken.Add($"{title}: {problem}\n{changes}");
    }

    private async Task<List<string>> ProblemsAsync(Project before, ProgramRun written, Project after, string rule, string key, bool isAll)
    {
        var problems = new List<string>();
        foreach (var document in after.Documents)
        {
            var original = (await before.GetDocument(document.Id)!.GetTextAsync(CancellationToken.None)).ToString();
            var text = (await document.GetTextAsync(CancellationToken.None)).ToString();
            if (Occurrences(text, Setting.UnknownPart) > Occurrences(original, Setting.UnknownPart))
                problems.Add("an unknown part was written");
            problems.AddRange(Shapes(original, text));
        }

        var result = await ProgramRun.OfAsync(after, entry, libraries);
        foreach (var warning in result.Warnings.Where(static warning => !warning.StartsWith("CS170", StringComparison.Ordinal)).GroupBy(static warning => warning.Split(' ')[0]))
        {
            if (warning.Count() > written.Warnings.Count(other => other.StartsWith(warning.Key, StringComparison.Ordinal)))
                problems.Add("the compiler warns: " + warning.First());
        }

        if (result.Problem is not null && written.Problem is null)
            problems.Add(result.Problem);
        else if (result.Server is { } now && written.Server is { } then)
            problems.AddRange(Compare(then, now, rule, key, isAll));
        return problems;
    }

    // What a reviewer would send back: nothing in braces, two ways that do the same, names that nobody uses.
    private static IEnumerable<string> Shapes(string before, string after)
    {
        var (old, now) = (ShapesOf(before), ShapesOf(after));
        foreach (var shape in now)
        {
            if (shape.Value > (old.TryGetValue(shape.Key, out var count) ? count : 0))
                yield return shape.Key;
        }
    }

    private static Dictionary<string, int> ShapesOf(string text)
    {
        var root = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest)).GetRoot();
        var shapes = new Dictionary<string, int>();
        foreach (var node in root.DescendantNodes())
        {
            switch (node)
            {
                case BlockSyntax { Statements.Count: 0 } block when block.Parent is not BaseMethodDeclarationSyntax:
                    Count("empty braces in " + block.Parent!.Kind());
                    break;
                case BlockSyntax { Statements.Count: 0, Parent: MethodDeclarationSyntax method } when method.Modifiers.Any(SyntaxKind.PrivateKeyword):
                    Count("an empty private method");
                    break;
                case ConditionalExpressionSyntax conditional when conditional.WhenTrue.ToString() == conditional.WhenFalse.ToString():
                    Count("a condition with twice the same");
                    break;
                case VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax } declarator when root.DescendantTokens().Count(token => token.ValueText == declarator.Identifier.ValueText) == 1:
                    Count("an unused variable");
                    break;
                case InvocationExpressionSyntax { ArgumentList.Arguments: [{ Expression: LiteralExpressionSyntax or InterpolatedStringExpressionSyntax }] } call
                    when call.Span.Length > 150 && call.ToString().Contains("if_then", StringComparison.Ordinal) && call.Expression.ToString().EndsWith("WithAllowedEndpoint", StringComparison.Ordinal):
                    Count("access control as a long expression");
                    break;
            }
        }

        return shapes;

        void Count(string shape) => shapes[shape] = (shapes.TryGetValue(shape, out var count) ? count : 0) + 1;
    }

    private static IEnumerable<string> Compare(StalwartServer before, StalwartServer after, string rule, string key, bool isAll)
    {
        var (old, now) = (Judge(before), Judge(after));
        foreach (var other in RuleCatalog.All)
        {
            if ((isAll ? other.IsHeart : other.Severity >= RuleCatalog.All.Single(known => known.Id == rule).Severity) && now.Findings.Count(finding => finding.Rule.Id == other.Id) > old.Findings.Count(finding => finding.Rule.Id == other.Id))
                yield return other.Id + " came";
        }

        // Where the program that runs has no such finding, the alarm was false, and that is another test's matter.
        if (isAll || old.Findings.All(finding => finding.Rule.Id != rule))
            yield break;
        var changed = Changed(before, after);
        var wanted = new List<HashSet<string>> { new() };
        foreach (var finding in old.Findings.Where(finding => finding.Rule.Id == rule))
        {
            foreach (var remedy in finding.Remedies(old.Server).Where(remedy => remedy.EquivalenceKey == key))
                wanted.Add([.. remedy.Edits.SelectMany(Touched)]);
        }

        // Some of the findings, each as its remedy says; how many of them one place in the program stands for is not known here.
        var all = wanted.SelectMany(static keys => keys).ToHashSet();
        var stray = changed.Where(setting => !all.Any(prefix => setting == prefix || setting.StartsWith(prefix + ".", StringComparison.Ordinal))).ToList();
        if (stray.Count > 0 && rule != "SWH3003" && rule != "SWH0003")
            yield return "other settings changed: " + string.Join(", ", stray);
    }

    private static IEnumerable<string> Touched(SettingEdit edit) => edit switch
    {
        SettingEdit.Remove remove => [WithoutIndexes(remove.Key)],
        SettingEdit.Set set => [WithoutIndexes(set.Key)],
        SettingEdit.Insert insert => insert.Settings.Select(static setting => WithoutIndexes(setting.Key)),
        SettingEdit.Rename rename => [WithoutIndexes(rename.Key), WithoutIndexes(rename.NewKey)],
        _ => [],
    };

    private static HashSet<string> Changed(StalwartServer before, StalwartServer after)
    {
        var old = Lines(before).ToList();
        var now = Lines(after).ToList();
        return [.. old.Except(now).Concat(now.Except(old)).Select(static line => line[..line.IndexOf('=', StringComparison.Ordinal)])];

        // WithStartTls() writes what holds without it as well.
        static IEnumerable<string> Lines(StalwartServer server) =>
            server.Settings.Where(static setting => !(setting.Key.EndsWith(".tls.enable", StringComparison.Ordinal) && setting.Value == "true")).Select(static setting => WithoutIndexes(setting.Key) + "=" + setting.Value);
    }

    private static string WithoutIndexes(string key) => string.Join('.', key.Split('.').Where(static part => !(part.Length >= 4 && part.All(char.IsAsciiDigit))));

    private static (ServerConfiguration Server, IReadOnlyList<Finding> Findings) Judge(StalwartServer server)
    {
        var configuration = Generation.ReadServer(ServerTomlReader.Read(server.ToToml(), ServerVersion.Newest, CancellationToken.None), ServerVersion.Newest);
        return (configuration, ConfigurationJudge.Judge(configuration, Rules.JudgementOptions.Default, CancellationToken.None));
    }

    private static int Occurrences(string text, char character) => text.Count(c => c == character);

    private static async Task<string> ChangesAsync(Project before, Project after)
    {
        var lines = new List<string>();
        foreach (var document in after.Documents)
        {
            var old = (await before.GetDocument(document.Id)!.GetTextAsync(CancellationToken.None)).ToString().Split('\n');
            var now = (await document.GetTextAsync(CancellationToken.None)).ToString().Split('\n');
            var (start, end) = (0, 0);
            while (start < Math.Min(old.Length, now.Length) && old[start] == now[start])
                start++;
            while (end < Math.Min(old.Length, now.Length) - start && old[^(end + 1)] == now[^(end + 1)])
                end++;
            lines.AddRange(old[start..^end].Select(static line => "  - " + line));
            lines.AddRange(now[start..^end].Select(static line => "  + " + line));
        }

        return string.Join('\n', lines);
    }
}
