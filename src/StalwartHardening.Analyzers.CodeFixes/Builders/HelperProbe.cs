using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>
/// Calls a helper in a program made for the purpose, with arguments that are recognised again, and looks at what the server gets. Nothing
/// runs: the program is read as any other is.
/// </summary>
internal sealed class HelperProbe
{
    private const string Library = "StalwartHardening.Configuration";
    private const string Listener = "server.listener.probe";

    private readonly IMethodSymbol _helper;
    private readonly int _builder;
    private readonly bool _isListener;

    private HelperProbe(IMethodSymbol helper, int builder, bool isListener)
    {
        _helper = helper;
        _builder = builder;
        _isListener = isListener;
    }

    /// <summary>The parameters that get values.</summary>
    public IEnumerable<IParameterSymbol> Parameters => _helper.Parameters.Where(parameter => parameter.Ordinal != _builder);

    /// <summary>A probe for a static method that takes a server or a listener of it; null for anything else.</summary>
    public static HelperProbe? For(IMethodSymbol helper)
    {
        if (!helper.IsStatic || helper.IsGenericMethod || helper.MethodKind != MethodKind.Ordinary || helper.ContainingType.IsGenericType)
            return null;
        HelperProbe? probe = null;
        foreach (var parameter in helper.Parameters)
        {
            if (parameter.RefKind != RefKind.None)
                return null;
            if (parameter.Type.ContainingAssembly?.Name != Library || parameter.Type.Name is not ("StalwartServerBuilder" or "ListenerBuilder"))
                continue;
            if (probe is not null)
                return null;
            probe = new HelperProbe(helper, parameter.Ordinal, parameter.Type.Name == "ListenerBuilder");
        }

        return probe;
    }

    /// <summary>What a call writes, keys from the builder's scope on; null where not all of it is known, or it is not the same on every way.</summary>
    /// <param name="compilation">A program that knows the helper.</param>
    /// <param name="arguments">The values of the parameters; those that are not here keep their defaults.</param>
    /// <param name="cancellationToken">Ends the work early, with an <see cref="OperationCanceledException"/>.</param>
    public IReadOnlyList<(string Key, string Value)>? Call(Compilation compilation, IReadOnlyDictionary<string, object> arguments, CancellationToken cancellationToken)
    {
        if (Read(compilation, Source(arguments, calls: true), cancellationToken) is not { } with || Read(compilation, Source(arguments, calls: false), cancellationToken) is not { } without)
            return null;
        var before = new HashSet<(string, string)>(without);
        var result = new List<(string, string)>();
        foreach (var line in with)
        {
            if (before.Contains(line))
                continue;
            if (!_isListener)
                result.Add(line);
            else if (SettingPath.IsBelow(line.Key, Listener))
                result.Add((SettingPath.Relative(line.Key, Listener), line.Value));
            else
                return null;
        }

        return result;
    }

    private static List<(string Key, string Value)>? Read(Compilation compilation, string source, CancellationToken cancellationToken)
    {
        var options = compilation.SyntaxTrees.FirstOrDefault()?.Options as CSharpParseOptions;
        var tree = CSharpSyntaxTree.ParseText(source, options, cancellationToken: cancellationToken);
        var program = compilation.AddSyntaxTrees(tree);
#pragma warning disable RS1030 // A code fix looks at a program that is not there.
        var isSound = !program.GetSemanticModel(tree).GetDiagnostics(cancellationToken: cancellationToken).Any(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
#pragma warning restore RS1030
        if (!isSound || BuilderVocabulary.From(program) is not { } vocabulary)
            return null;
        var reader = BuilderSettingsReader.Read(program, vocabulary, cancellationToken, new BuilderFocus([tree]));
        if (reader.Written.Where(server => server.Body.SyntaxTree == tree).ToList() is not [{ Document.IsComplete: true, Lost.Count: 0, Switches.Count: 0 } written])
            return null;
        var lines = new List<(string, string)>(written.Document.Count);
        foreach (ref readonly var setting in written.Document.InTextOrder)
        {
            if (setting.Key.IndexOf(Setting.UnknownPart) >= 0 || setting.Value.IndexOf(Setting.UnknownPart) >= 0)
                return null;
            lines.Add((setting.Key, setting.Value));
        }

        return lines;
    }

    private string Source(IReadOnlyDictionary<string, object> arguments, bool calls)
    {
        var source = new StringBuilder("static class StalwartProbe { static void Write() { var server = global::" + Library + ".StalwartServer.CreateBuilder(\"probe\"); ");
        if (_isListener)
            source.Append("var listener = server.AddListener(\"probe\", global::" + Library + ".MailProtocol.Imap); ");
        if (calls)
        {
            source.Append(_helper.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)).Append('.').Append(_helper.Name).Append('(');
            source.Append(string.Join(", ", _helper.Parameters.Where(parameter => parameter.Ordinal == _builder || arguments.ContainsKey(parameter.Name)).Select(parameter =>
                "@" + parameter.Name + ": " + (parameter.Ordinal == _builder ? _isListener ? "listener" : "server" : Written(arguments[parameter.Name], parameter.Type)))));
            source.Append("); ");
        }

        return source.Append("server.Build(); } }").ToString();
    }

    private static string Written(object value, ITypeSymbol type) => value switch
    {
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        bool truth => truth ? "true" : "false",
        IFieldSymbol member => member.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + "." + member.Name,
        _ => "(" + type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat) + ")" + Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
