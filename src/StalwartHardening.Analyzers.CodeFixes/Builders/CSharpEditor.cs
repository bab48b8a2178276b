using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Edits;
using StalwartHardening.Remedies;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>
/// Says a remedy in C#, in several ways where there are several. What is said here is a proposal: only <see cref="BuilderProof"/> knows
/// whether the program then writes what it should.
/// </summary>
internal sealed class CSharpEditor
{
    private readonly BuilderServers _program;
    private readonly JudgedServer _server;
    private readonly Finding _finding;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<string> _removed = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, string>> _replaced = [];
    private readonly List<IReadOnlyList<KeyValuePair<string, string>>> _added = [];
    private readonly List<SettingEdit.Rename> _renamed = [];
    private readonly bool _isPossible = true;

    private CSharpEditor(BuilderServers program, JudgedServer server, Finding finding, Remedy remedy, CancellationToken cancellation)
    {
        _program = program;
        _server = server;
        _finding = finding;
        _cancellation = cancellation;
        foreach (var edit in remedy.Edits)
        {
            switch (edit)
            {
                case SettingEdit.Remove remove:
                    AddRemoved(remove);
                    break;
                case SettingEdit.Set { Key: TypedAccessRules.Key } set when _server.SiteOf(set.Key) is null && _server.Find(set.Key) is not null:
                    // Rules that are written one by one become one expression; another one takes the place of all of them.
                    foreach (var write in server.Written.Writes)
                    {
                        if (write.Key.StartsWith(TypedAccessRules.Prefix, StringComparison.Ordinal))
                            _removed.Add(write.Key);
                    }

                    _added.Add([new(set.Key, set.Value)]);
                    break;
                case SettingEdit.Set set when _server.Find(set.Key) is not null && !_removed.Contains(set.Key):
                    _replaced.Add(new(set.Key, set.Value));
                    break;
                case SettingEdit.Set set:
                    _added.Add([new(set.Key, set.Value)]);
                    break;
                case SettingEdit.Insert insert:
                    _added.Add(insert.Settings);
                    break;
                case SettingEdit.Rename rename:
                    _renamed.Add(rename);
                    break;
                default:
                    _isPossible = false;
                    break;
            }
        }
    }

    /// <summary>The ways to say <paramref name="remedy"/>, the one that reads best first.</summary>
    public static IEnumerable<Proposal> Proposals(BuilderServers program, JudgedServer server, Finding finding, Remedy remedy, CancellationToken cancellation)
    {
        var editor = new CSharpEditor(program, server, finding, remedy, cancellation);
        if (!editor._isPossible)
            yield break;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var removals = editor._removed.Count == 0 ? 1 : 5;
        var replacements = editor._replaced.Count == 0 ? 1 : 3;
        var additions = editor._added.Count == 0 ? 1 : 8;
        for (var removal = 0; removal < removals; removal++)
        {
            for (var replacement = 0; replacement < replacements; replacement++)
            {
                for (var addition = 0; addition < additions; addition++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (editor.Propose((RemovalWay)removal, (ReplacementWay)replacement, addition) is { } proposal && seen.Add(proposal.ToString()))
                        yield return proposal;
                }
            }
        }
    }

    private enum RemovalWay
    {
        CallsBesideOpening,
        Calls,
        Elements,
        NoneOfAll,
        Origins,
    }

    private enum ReplacementWay
    {
        Typed,
        Text,
        Appended,
    }

    private void AddRemoved(SettingEdit.Remove remove)
    {
        if (_server.Find(remove.Key) is not null)
            _removed.Add(remove.Key);
        if (!remove.WithChildren)
            return;
        foreach (ref readonly var setting in _server.Written.Document.StartingWith(remove.Key + "."))
            _removed.Add(setting.Key);
    }

    private Proposal? Propose(RemovalWay removal, ReplacementWay replacement, int addition)
    {
        var edit = new ProgramEdit();
        var collateral = new HashSet<string>(StringComparer.Ordinal);
        var calls = new CallRemoval(_program, edit);
        Remove(calls, edit, removal);
        foreach (var pair in _replaced)
        {
            if (!Replace(pair.Key, pair.Value, replacement, edit, collateral))
                return null;
        }

        foreach (var rename in _renamed)
        {
            if (!Rename(rename, edit))
                return null;
        }

        foreach (var settings in _added)
        {
            if (!Add(settings, addition, edit))
                return null;
        }

        calls.Finish();
        return edit.IsEmpty ? null : new Proposal(edit, collateral);
    }

    private void Remove(CallRemoval removal, ProgramEdit edit, RemovalWay way)
    {
        if (_removed.Count == 0)
            return;
        var calls = new HashSet<SyntaxNode>();
        // What was written before and replaced would come back.
        foreach (var write in _server.Written.Writes)
        {
            if (_removed.Contains(write.Key) && WritesNothingElse(write.Site.Call) && (_server.SiteOf(write.Key)?.Call != write.Site.Call || _server.Find(write.Key) is null))
                calls.Add(write.Site.Call);
        }

        foreach (var key in _removed)
        {
            if (_server.SiteOf(key) is not { } site || _server.Find(key) is not { } setting)
                continue;
            var value = ValueOf(setting, site.Call);
            switch (way)
            {
                case RemovalWay.Calls or RemovalWay.CallsBesideOpening when WritesNothingElse(site.Call):
                    calls.Add(site.Call);
                    break;
                case RemovalWay.NoneOfAll when value is not null && None(value) is { } none:
                    edit.Replace(value.SyntaxTree, value.Span, none);
                    break;
                case RemovalWay.Origins when value is not null && !site.Call.Span.Contains(value.Span) | !WritesNothingElse(site.Call):
                    RemoveOrigin(removal, value);
                    break;
                // What the call says by itself goes with what it is said of.
                case RemovalWay.Origins when value is null && !WritesNothingElse(site.Call):
                    break;
                default:
                    if (value is null || !removal.RemoveElement(value))
                        calls.Add(site.Call);
                    break;
            }
        }

        // What a helper does to a listener that is gone is never done.
        if (way == RemovalWay.CallsBesideOpening && calls.FirstOrDefault(_program.Opens) is { } opening)
            calls.RemoveWhere(call => Chain.MemberOf(call) != Chain.MemberOf(opening));
        AddEmptied(calls);
        removal.RemoveCalls(calls);
    }

    // A call that only has something set up by others goes with the last of them: WithAccessRules(rules => …).
    private void AddEmptied(HashSet<SyntaxNode> calls)
    {
        foreach (var lambda in calls.SelectMany(static call => call.Ancestors().OfType<LambdaExpressionSyntax>()).Distinct().ToList())
        {
            if (lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax outer }
                && _program.ModelOf(outer.SyntaxTree).GetSymbolInfo(outer, _cancellation).Symbol is IMethodSymbol method
                && method.Parameters.Any(parameter => _program.Vocabulary.ConfiguredScope(parameter) is not null)
                && _server.Written.Writes.All(write => calls.Contains(write.Site.Call) || !(write.Site.Call == outer || lambda.Contains(write.Site.Call))))
                calls.Add(outer);
        }
    }

    // What a call always writes does not keep it from going, if everything that it was told to write goes.
    private bool WritesNothingElse(SyntaxNode call)
    {
        foreach (var write in _server.Written.Writes)
        {
            if (write.Site.Call == call && !_removed.Contains(write.Key) && (write.Site.ValueTemplate.IndexOf('{') >= 0 || write.Site.KeyTemplate.IndexOf('{') >= 0 || !_server.Written.Writes.Any(other => other.Site.Call == call && _removed.Contains(other.Key) && other.Site.ValueTemplate.IndexOf('{') >= 0)))
                return false;
        }

        return true;
    }

    private static void RemoveOrigin(CallRemoval removal, ExpressionSyntax value)
    {
        for (SyntaxNode? node = value; node is not null; node = node.Parent)
        {
            if (node is StatementSyntax statement)
            {
                removal.RemoveStatement(statement);
                return;
            }

            // An entry of an array that something is made from, one after the other.
            if (node is ExpressionSyntax entry && entry.Parent is InitializerExpressionSyntax or ExpressionElementSyntax && removal.RemoveElement(entry))
                return;
        }
    }

    private string? None(ExpressionSyntax value)
    {
        var model = _program.ModelOf(value.SyntaxTree);
        return model.GetTypeInfo(value, _cancellation).Type is INamedTypeSymbol { TypeKind: TypeKind.Enum } type
            ? new ValueWriting(_program.Vocabulary, model, value.SpanStart).OfEnumeration(type, [])
            : null;
    }

    // Where a value is said by itself, and not only by the name of the call.
    private ExpressionSyntax? ValueOf(in Setting setting, SyntaxNode call)
    {
        var span = setting.ValueSpan;
        if (_program.Reader.Sources.TreeOf(span) is not { } tree)
            return null;
        var node = tree.GetRoot(_cancellation).FindNode(new TextSpan(span.Start, span.Length), getInnermostNodeForTie: true) as ExpressionSyntax;
        if (node is null || node.SpanStart != span.Start || node.Span.Length != span.Length)
            return null;
        // The outermost expression of this span: "x" rather than its token's own node.
        return call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && access.Name == node ? null : node;
    }

    private bool Replace(string key, string value, ReplacementWay way, ProgramEdit edit, HashSet<string> collateral)
    {
        if (_server.SiteOf(key) is not { } site || _server.Find(key) is not { } setting)
            return false;
        if (ValueOf(setting, site.Call) is { } expression)
            return way != ReplacementWay.Appended && ReplaceValue(expression, site, setting, value, way, edit);
        if (site.Call is not InvocationExpressionSyntax call || _program.ModelOf(call.SyntaxTree).GetSymbolInfo(call, _cancellation).Symbol is not IMethodSymbol method)
            return false;
        return way switch
        {
            ReplacementWay.Typed => AddArgument(call, method, site, value, edit) || CallSibling(call, method, site, value, edit) || ReplaceCall(call, method, site, key, value, edit, collateral),
            ReplacementWay.Appended => Append(call, method, site.Scope, [new(key, value)], edit),
            _ => false,
        };
    }

    private bool ReplaceValue(ExpressionSyntax expression, in WriteSite site, in Setting setting, string value, ReplacementWay way, ProgramEdit edit)
    {
        var model = _program.ModelOf(expression.SyntaxTree);
        if (way == ReplacementWay.Text)
        {
            edit.Replace(expression.SyntaxTree, expression.Span, ValueWriting.Literal(value));
            return true;
        }

        var info = model.GetTypeInfo(expression, _cancellation);
        if ((info.Type ?? info.ConvertedType) is not { } type)
            return false;
        if (type.Name == "IPEndPoint")
            return ReplacePort(expression, setting.Value, value, edit);
        var writing = new ValueWriting(_program.Vocabulary, model, expression.SpanStart);
        var own = Own(site.ValueTemplate, setting.Value, value) ?? value;
        if (writing.Of(type, own) is not { } text)
            return false;
        edit.Replace(expression.SyntaxTree, expression.Span, text);
        return true;
    }

    // The part of a value that an argument says where the method itself says the rest: {port} in [::]:{port}.
    private static string? Own(string template, string before, string value)
    {
        var open = template.IndexOf('{');
        var close = template.LastIndexOf('}');
        if (open < 0 || close < open)
            return null;
        var name = template.Substring(open + 1, close - open - 1);
        return name.IndexOf('{') < 0 && ValueWriting.Placeholder(template, name, before) is not null ? ValueWriting.Placeholder(template, name, value) : null;
    }

    // new IPEndPoint(IPAddress.Any, 143): the address may stay as it is written.
    private static bool ReplacePort(ExpressionSyntax expression, string before, string value, ProgramEdit edit)
    {
        var colon = value.LastIndexOf(':');
        if (colon < 0 || before.LastIndexOf(':') != colon || string.CompareOrdinal(before, 0, value, 0, colon) != 0)
            return false;
        var port = before.Substring(colon + 1);
        var numbers = expression.DescendantNodesAndSelf().OfType<LiteralExpressionSyntax>().Where(literal => literal.IsKind(SyntaxKind.NumericLiteralExpression) && literal.Token.ValueText == port).ToList();
        if (numbers.Count != 1)
            return false;
        edit.Replace(expression.SyntaxTree, numbers[0].Span, value.Substring(colon + 1));
        return true;
    }

    private bool AddArgument(InvocationExpressionSyntax call, IMethodSymbol method, in WriteSite site, string value, ProgramEdit edit)
    {
        foreach (var parameter in method.Parameters)
        {
            if (!parameter.IsOptional || ValueWriting.Placeholder(site.ValueTemplate, parameter.Name, value) is not { } own)
                continue;
            if (new ValueWriting(_program.Vocabulary, _program.ModelOf(call.SyntaxTree), call.SpanStart).Of(parameter.Type, own) is not { } text)
                continue;
            var list = call.ArgumentList.Arguments;
            edit.Insert(call.SyntaxTree, call.ArgumentList.CloseParenToken.SpanStart, list.Count == 0 && parameter.Ordinal == 0 ? text : (list.Count == 0 ? "" : ", ") + parameter.Name + ": " + text);
            return true;
        }

        return false;
    }

    // AddAdministrator(…) and AddAccount(…) take the same and write the same but for one value.
    private bool CallSibling(InvocationExpressionSyntax call, IMethodSymbol method, in WriteSite site, string value, ProgramEdit edit)
    {
        if (call.Expression is not MemberAccessExpressionSyntax access)
            return false;
        var own = _program.Vocabulary.SettingsOf(method);
        foreach (var other in method.ContainingType.GetMembers().OfType<IMethodSymbol>())
        {
            if (other.Name == method.Name || other.DeclaredAccessibility != Accessibility.Public || _program.Vocabulary.ScopeOf(other) != _program.Vocabulary.ScopeOf(method) || other.Parameters.Length != method.Parameters.Length)
                continue;
            var takesTheSame = other.Parameters.Zip(method.Parameters, static (one, two) => one.Name == two.Name && SymbolEqualityComparer.Default.Equals(one.Type, two.Type)).All(static same => same);
            var settings = _program.Vocabulary.SettingsOf(other);
            var key = site.KeyTemplate;
            if (!takesTheSame || settings.Count != own.Count || !settings.Zip(own, (one, two) => one == two || (one.Key == key && one == two with { Value = value })).All(static same => same))
                continue;
            edit.Replace(call.SyntaxTree, access.Name.Span, other.Name);
            return true;
        }

        return false;
    }

    // WithStartTls() says what its name says; another call says the opposite.
    private bool ReplaceCall(InvocationExpressionSyntax call, IMethodSymbol method, in WriteSite site, string key, string value, ProgramEdit edit, HashSet<string> collateral)
    {
        if (call.Expression is not MemberAccessExpressionSyntax access || !method.Parameters.IsEmpty || _program.Vocabulary.ScopeOf(method) is not null)
            return false;
        var writing = new CallWriting(_program.Vocabulary, new ValueWriting(_program.Vocabulary, _program.ModelOf(call.SyntaxTree), call.SpanStart));
        if (writing.Calls(method.ReturnType, site.Scope, [new(key, value)], mayLeave: false) is not { } text)
            return false;
        edit.Replace(call.SyntaxTree, TextSpan.FromBounds(access.OperatorToken.SpanStart, call.Span.End), text);
        foreach (var write in _server.Written.Writes)
        {
            if (write.Site.Call == call && write.Key != key)
                collateral.Add(write.Key);
        }

        return true;
    }

    private bool Rename(SettingEdit.Rename rename, ProgramEdit edit)
    {
        var isAny = false;
        foreach (var write in _server.Written.Writes)
        {
            var (key, site) = (write.Key, write.Site);
            if (key != rename.Key && !key.StartsWith(rename.Key + ".", StringComparison.Ordinal))
                continue;
            if (site.Call is not InvocationExpressionSyntax call || _program.ModelOf(call.SyntaxTree).GetSymbolInfo(call, _cancellation).Symbol is not IMethodSymbol method)
                return false;
            var renamed = rename.NewKey + key.Substring(rename.Key.Length);
            var scope = site.Scope.Length == 0 ? "" : site.Scope + ".";
            if (!renamed.StartsWith(scope, StringComparison.Ordinal) || NameArgument(call, method, site) is not { } argument)
                return false;
            // The entries of a list are numbered by the call.
            var name = renamed.Substring(scope.Length);
            if (_program.Vocabulary.SettingsOf(method).Any(static annotation => annotation.Kind == SettingAnnotationKind.List))
                name = name.Substring(0, Math.Max(0, name.LastIndexOf('.')));
            edit.Replace(argument.SyntaxTree, argument.Span, ValueWriting.Literal(name));
            isAny = true;
        }

        return isAny;
    }

    private static ExpressionSyntax? NameArgument(InvocationExpressionSyntax call, IMethodSymbol method, in WriteSite site)
    {
        foreach (var parameter in method.Parameters)
        {
            if (site.KeyTemplate != "{" + parameter.Name + "}")
                continue;
            var arguments = call.ArgumentList.Arguments;
            foreach (var argument in arguments)
            {
                if (argument.NameColon?.Name.Identifier.ValueText == parameter.Name)
                    return argument.Expression;
            }

            return parameter.Ordinal < arguments.Count && arguments[parameter.Ordinal].NameColon is null ? arguments[parameter.Ordinal].Expression : null;
        }

        return null;
    }

    private bool Add(IReadOnlyList<KeyValuePair<string, string>> settings, int way, ProgramEdit edit)
    {
        foreach (var place in new CallPlaces(_program, _server, _finding, _cancellation).For(settings))
        {
            var own = new ProgramEdit();
            if (!place.Write(settings, own) || way-- > 0)
                continue;
            edit.Add(own);
            return true;
        }

        return false;
    }

    private bool Append(InvocationExpressionSyntax call, IMethodSymbol method, string scope, IReadOnlyList<KeyValuePair<string, string>> settings, ProgramEdit edit) =>
        _program.Vocabulary.IsBuilder(method.ReturnType) && new AppendedCall(_program, call, method.ReturnType, scope).Write(settings, edit);
}

/// <summary>One way to say a remedy.</summary>
/// <param name="Edit">The changes.</param>
/// <param name="Collateral">Settings that went because the call that said them said the opposite of what is wanted.</param>
internal sealed record Proposal(ProgramEdit Edit, IReadOnlyCollection<string> Collateral)
{
    /// <summary>The changes, to tell proposals apart.</summary>
    public override string ToString() => string.Join("\n", Edit.Trees.SelectMany(tree => (Edit.ChangesOf(tree) ?? []).Select(change => tree.FilePath + change)));
}
