using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using StalwartHardening.Analyzers.Builders;
using StalwartHardening.Rules;
using StalwartHardening.Server;
using StalwartHardening.Server.Access;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>Where calls can be put that write new settings of a server.</summary>
internal sealed class CallPlaces(BuilderServers program, JudgedServer server, Finding finding, CancellationToken cancellationToken)
{
    /// <summary>The places for settings, the best first.</summary>
    public IEnumerable<ICallPlace> For(IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var scopes = server.Written.Writes
            .Select(static write => write.Site.Scope)
            .Where(scope => scope.Length > 0 && settings.All(setting => SettingPath.IsBelow(setting.Key, scope)))
            // Access rules are said together, not one after those that are there.
            .Where(static scope => !SettingPath.IsAtOrBelow(scope, TypedAccessRules.Family))
            .Distinct()
            .OrderByDescending(static scope => scope.Length);
        foreach (var scope in scopes)
        {
            foreach (var place in After(scope))
                yield return place;
        }

        // What is written by its full name is beside its neighbours.
        foreach (var place in After("", key => settings.All(setting => AreNeighbours(setting.Key, key))))
            yield return place;
        foreach (var place in NearFinding())
            yield return place;
        foreach (var place in After(""))
            yield return place;
    }

    private static bool AreNeighbours(string key, string other)
    {
        var parts = SettingPath.Parts(key);
        var others = SettingPath.Parts(other);
        var common = 0;
        while (common < parts.Length && common < others.Length && parts[common] == others[common])
            common++;
        return common >= Math.Max(1, parts.Length - 2);
    }

    // After the last call that writes to the same thing, then after earlier ones; where it begins rather than in a helper.
    private IEnumerable<ICallPlace> After(string scope, Func<string, bool>? isWanted = null)
    {
        var seen = new HashSet<SyntaxNode>();
        var beginning = server.Written.Writes.FirstOrDefault(write => write.Site.Scope == scope).Site.Call;
        foreach (var write in server.Written.Writes.Reverse().OrderByDescending(write => beginning is not null && Chain.MemberOf(write.Site.Call) == Chain.MemberOf(beginning)))
        {
            if (write.Site.Scope == scope
                && isWanted?.Invoke(write.Key) != false
                && write.Site.Call is InvocationExpressionSyntax call
                && seen.Add(call)
                && program.ModelOf(call.SyntaxTree).GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol method
                && program.Vocabulary.IsBuilder(method.ReturnType))
                yield return new AppendedCall(program, call, method.ReturnType, scope);
        }
    }

    // A statement of its own, or a call between, where the server itself is at hand.
    private IEnumerable<ICallPlace> NearFinding()
    {
        if (BesideHelper() is { } besideHelper)
            yield return besideHelper;
        var inline = new List<ICallPlace>();
        var own = server.SiteOf(finding.SettingKey) is { } site
            ? server.Written.Writes.Where(write => write.Site.Scope == site.Scope)
            : server.Written.Writes.Where(write => finding.SettingKey == TypedAccessRules.Key && SettingPath.IsBelow(write.Key, TypedAccessRules.Family));
        var seen = new HashSet<SyntaxNode>();
        foreach (var write in own.Concat(server.Written.Writes))
        {
            if (write.Site.Call is not ExpressionSyntax call || !seen.Add(call))
                continue;
            foreach (var expression in Chain.Down(call).Skip(1))
            {
                var type = program.ModelOf(expression.SyntaxTree).GetTypeInfo(expression, cancellationToken).Type;
                if (!program.IsRoot(type))
                    continue;
                if (Chain.IsName(expression) && StatementOf(call) is { } statement)
                    yield return new AddedStatement(program, statement, expression.ToString(), type!);
                else
                    inline.Add(new AppendedCall(program, expression, type!, ""));
                break;
            }

            if (DeclaredServer(call) is var (declared, local, root))
                yield return new AddedStatement(program, declared, local, root);
        }

        foreach (var place in inline)
            yield return place;
    }

    // Add(server, "imap", 143); where the helper writes for others too.
    private AddedStatement? BesideHelper()
    {
        if (server.Find(finding.SettingKey) is not { } setting || server.SiteOf(finding.SettingKey) is not { } site || program.Reader.Sources.Locate(setting.ValueSpan) is not { SourceTree: { } tree } location)
            return null;
        var value = tree.GetRoot(cancellationToken).FindNode(location.SourceSpan);
        if (Chain.MemberOf(value) == Chain.MemberOf(site.Call) || value.FirstAncestorOrSelf<ExpressionSyntax>() is not { } expression || StatementOf(expression) is not { } statement)
            return null;
        foreach (var name in statement.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Parent is ArgumentSyntax or MemberAccessExpressionSyntax && program.ModelOf(tree).GetTypeInfo(name, cancellationToken).Type is { } type && program.IsRoot(type))
                return new AddedStatement(program, statement, name.Identifier.ValueText, type);
        }

        return null;
    }

    // var server = StalwartServer.CreateBuilder(…);
    private (StatementSyntax Statement, string Name, ITypeSymbol Type)? DeclaredServer(ExpressionSyntax call)
    {
        if (Chain.TopOf(call).Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax statement } } declarator }
            && program.ModelOf(call.SyntaxTree).GetDeclaredSymbol(declarator, cancellationToken) is ILocalSymbol local
            && program.IsRoot(local.Type))
        {
            return (statement, declarator.Identifier.ValueText, local.Type);
        }

        return null;
    }

    // What is said about a server as a whole is said once, so not inside a loop.
    private static StatementSyntax? StatementOf(ExpressionSyntax call)
    {
        var statement = call.FirstAncestorOrSelf<StatementSyntax>();
        for (var outer = statement?.Parent; outer is not null and not (MemberDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax); outer = outer.Parent)
        {
            if (outer is CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax)
                statement = (StatementSyntax)outer;
        }

        return statement is { Parent: BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax } and not (ReturnStatementSyntax or ThrowStatementSyntax or LocalFunctionStatementSyntax) ? statement : null;
    }
}

/// <summary>A place for calls.</summary>
internal interface ICallPlace
{
    /// <summary>Puts calls there that write <paramref name="settings"/>; false where nothing writes them.</summary>
    bool Write(IReadOnlyList<KeyValuePair<string, string>> settings, ProgramEdit edit);
}

/// <summary>After an expression that is a builder; on a line of its own where the chain is written so.</summary>
internal sealed class AppendedCall(BuilderServers program, ExpressionSyntax expression, ITypeSymbol type, string scope) : ICallPlace
{
    /// <inheritdoc/>
    public bool Write(IReadOnlyList<KeyValuePair<string, string>> settings, ProgramEdit edit)
    {
        var writing = new CallWriter(program.Vocabulary, new ValueWriter(program.Vocabulary, program.ModelOf(expression.SyntaxTree), expression.SpanStart));
        // What comes of the expression is needed by what comes after it.
        var isLast = expression.Parent is ExpressionStatementSyntax;
        if (writing.Calls(type, scope, settings, mayLeave: isLast) is not { } calls)
            return false;
        edit.Insert(expression.SyntaxTree, expression.Span.End, Indentation() + calls);
        return true;
    }

    private string Indentation()
    {
        if (expression is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access })
            return "";
        var text = expression.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(access.OperatorToken.SpanStart);
        var before = text.ToString(TextSpan.FromBounds(line.Start, access.OperatorToken.SpanStart));
        return before.Trim().Length == 0 && line.Start > access.Expression.SpanStart ? Lines.BreakOf(text) + before : "";
    }
}

/// <summary>A statement of its own after another.</summary>
internal sealed class AddedStatement(BuilderServers program, StatementSyntax statement, string server, ITypeSymbol type) : ICallPlace
{
    /// <inheritdoc/>
    public bool Write(IReadOnlyList<KeyValuePair<string, string>> settings, ProgramEdit edit)
    {
        var tree = statement.SyntaxTree;
        var writing = new CallWriter(program.Vocabulary, new ValueWriter(program.Vocabulary, program.ModelOf(tree), statement.SpanStart));
        if (statement.Parent is not (BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax) || writing.Calls(type, "", settings, mayLeave: true) is not { } calls)
            return false;
        var text = tree.GetText();
        var first = text.Lines.GetLineFromPosition(statement.SpanStart);
        var last = text.Lines.GetLineFromPosition(statement.Span.End);
        var before = text.ToString(TextSpan.FromBounds(first.Start, statement.SpanStart));
        var isAlone = before.Trim().Length == 0 && statement.GetLastToken().GetNextToken().SpanStart >= last.End && last.EndIncludingLineBreak > last.End;
        if (isAlone)
            edit.Insert(tree, last.EndIncludingLineBreak, before + server + calls + ";" + Lines.BreakOf(text));
        else
            edit.Insert(tree, statement.Span.End, " " + server + calls + ";");
        return true;
    }
}

/// <summary>How a text ends its lines.</summary>
internal static class Lines
{
    /// <summary>The line break of the first line; LF where there is none.</summary>
    public static string BreakOf(SourceText text)
    {
        var line = text.Lines[0];
        return line.EndIncludingLineBreak == line.End ? "\n" : text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
    }
}
