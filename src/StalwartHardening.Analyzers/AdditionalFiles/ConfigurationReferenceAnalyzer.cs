using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using StalwartHardening.Rules;
using StalwartHardening.Rules.Reading;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.AdditionalFiles;

/// <summary>Says at a call that names a configuration file of the project how many findings the file has.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConfigurationReferenceAnalyzer : HardeningAnalyzer
{
    private const string Extension = ".toml";
    private static readonly char[] PathSeparators = ['/', '\\'];

    /// <inheritdoc/>
    private protected override void Register(AnalysisContext context) => context.RegisterCompilationStartAction(start =>
    {
        // A project without configuration files pays nothing for this.
        var files = start.Options.AdditionalFiles.Where(static file => file.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase)).ToList();
        if (files.Count > 0)
            start.RegisterSyntaxNodeAction(node => Judge(node, files, context), SyntaxKind.StringLiteralExpression);
    });

    private static void Judge(SyntaxNodeAnalysisContext context, List<AdditionalText> files, AnalysisContext analysis)
    {
        var literal = (LiteralExpressionSyntax)context.Node;
        if (literal.Parent is not ArgumentSyntax || literal.Token.ValueText is not { Length: > 5 } name || !name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            return;
        if (FileNamed(name, files) is not { } file)
            return;

        var provider = context.Options.AnalyzerConfigOptionsProvider;
        var options = CompilerOptions.For(file, provider);
        if (!analysis.TryGetValue(file, DialectReaders.For(options.Judgement.TargetVersion), out var text) || text is not { LooksLikeStalwart: true })
            return;

        var ids = ConfigurationJudge.Judge(text.Document, options.Judgement, context.CancellationToken)
            .Where(finding => options.SeverityOf(finding) != RuleSeverity.None)
            .GroupBy(finding => finding.Rule.Id, StringComparer.Ordinal)
            .Select(group => (Id: group.Key, Count: group.Count()))
            .OrderBy(group => group.Id, StringComparer.Ordinal)
            .ToList();
        var count = ids.Sum(static group => group.Count);
        if (count == 0)
            return;
        var rule = RuleCatalog.Find(EmbeddedConfigurationHasFindings.RuleId)!;
        var finding = new Finding(
            rule,
            default,
            "",
            Path.GetFileName(file.Path),
            count == 1 ? "1 finding" : count.ToString(CultureInfo.InvariantCulture) + " findings",
            string.Join(", ", ids.Select(static group => group.Count == 1 ? group.Id : string.Format(CultureInfo.InvariantCulture, "{0} ({1} times)", group.Id, group.Count))));
        if (FindingDiagnostic.Create(finding, CompilerOptions.For(literal.SyntaxTree, provider), (SourceSpan _) => literal.GetLocation()) is { } diagnostic)
            context.ReportDiagnostic(diagnostic);
    }

    // The file whose path ends most like the name, parts compared from the end; null where two are as good. The compiler makes
    // resource names of paths by putting dots for separators.
    private static AdditionalText? FileNamed(string name, List<AdditionalText> files)
    {
        AdditionalText? best = null;
        var bestLength = 0;
        var isAmbiguous = false;
        var dottedName = Dotted(name);
        foreach (var file in files)
        {
            var length = CommonEnd(dottedName, Dotted(file.Path));
            if (length < Path.GetFileName(file.Path.Replace('\\', '/')).Length || length < bestLength)
                continue;
            isAmbiguous = length == bestLength;
            (best, bestLength) = (file, length);
        }

        return isAmbiguous ? null : best;
    }

    private static string Dotted(string path) => "." + string.Join(".", path.Split(PathSeparators, StringSplitOptions.RemoveEmptyEntries));

    // How many characters of whole parts are the same at the end.
    private static int CommonEnd(string name, string path)
    {
        var whole = 0;
        for (var length = 1; length <= name.Length && length <= path.Length; length++)
        {
            var c = name[name.Length - length];
            if (char.ToUpperInvariant(c) != char.ToUpperInvariant(path[path.Length - length]))
                break;
            if (c == '.')
                whole = length - 1;
        }

        return whole;
    }
}
