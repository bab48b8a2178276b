using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.AdditionalFiles;
using StalwartHardening.Edits;
using StalwartHardening.Fixing;
using StalwartHardening.Generations;
using StalwartHardening.OptionFiles;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.AdditionalFiles;

/// <summary>A configuration among the additional documents of a project, judged under the options the compiler judges it under.</summary>
internal sealed class ConfigurationDocument
{
    private readonly TextDocument _document;
    private readonly IReadOnlyList<IgnoredFinding> _ignored;

    private ConfigurationDocument(TextDocument document, SourceText text, JudgementOptions options, IReadOnlyList<IgnoredFinding> ignored, CancellationToken cancellationToken)
    {
        _document = document;
        _ignored = ignored;
        Options = options;
        Text = text;
        Server = ConfigurationReader.Read(text.ToString(), options.Target, cancellationToken);
        Findings = ConfigurationJudge.Judge(Server, options, cancellationToken);
    }

    /// <summary>The text.</summary>
    public SourceText Text { get; }

    /// <summary>The server it configures.</summary>
    public ServerConfiguration Server { get; }

    /// <summary>What it is judged under.</summary>
    public JudgementOptions Options { get; }

    /// <summary>What the rules find.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Reads <paramref name="document"/>; null where the compiler does not know it.</summary>
    public static async Task<ConfigurationDocument?> ReadAsync(TextDocument document, CancellationToken cancellationToken)
    {
        if (document.FilePath is { } path && ResourceTexts.IsResource(path))
            return null;
        foreach (var file in document.Project.AnalyzerOptions.AdditionalFiles)
        {
            if (file.Path != document.FilePath)
                continue;

            // A change to one plan of a run has to be proven on all of them: 'stalwart-harden fix --one-run' does.
            if (RunFile.IsPart(file, document.Project.AnalyzerOptions.AdditionalFiles, document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider))
                return null;
            var options = CompilerOptions.For(file, document.Project.AnalyzerOptions.AnalyzerConfigOptionsProvider);
            var text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
            return new ConfigurationDocument(document, text, options.Judgement, ProjectOptionFile.IgnoredIn(file.Path, document.Project.AnalyzerOptions.AdditionalFiles), cancellationToken);
        }

        return null;
    }

    /// <summary>The finding that a diagnostic reports.</summary>
    public Finding? FindingOf(Diagnostic diagnostic)
    {
        foreach (var finding in Findings)
        {
            if (finding.Rule.Id == diagnostic.Id
                && finding.Span.Start == diagnostic.Location.SourceSpan.Start
                && finding.Span.Length == diagnostic.Location.SourceSpan.Length
                && diagnostic.Properties.TryGetValue(FindingDiagnostic.SettingKeyProperty, out var key)
                && key == finding.SettingKey)
                return finding;
        }

        return null;
    }

    /// <summary>The solution with these changes made to the text.</summary>
    public Solution With(Solution solution, IReadOnlyList<Edits.TextChange> changes) =>
        solution.WithAdditionalDocumentText(
            _document.Id,
            Text.WithChanges(changes.Select(change => new Microsoft.CodeAnalysis.Text.TextChange(new TextSpan(change.Start, change.Length), change.Replacement))));

    /// <summary>The solution with the remedy called <paramref name="equivalenceKey"/> applied wherever the file needs it.</summary>
    public Solution WithAll(Solution solution, string equivalenceKey, CancellationToken cancellationToken)
    {
        var before = Text.ToString();
        var named = RemedyChoices.Named(equivalenceKey);
        var after = RemedyApplication.FixAll(
            before,
            Options,
            (finding, remedies) => _ignored.Any(entry => entry.Covers(finding)) ? null : named(finding, remedies),
            cancellationToken: cancellationToken);
        return after == before ? solution : solution.WithAdditionalDocumentText(_document.Id, Text.Replace(0, Text.Length, after));
    }
}
