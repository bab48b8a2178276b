using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Literals;

/// <summary>
/// How a program says in which language a text is: <c>[StringSyntax("toml")]</c> on the parameter, field or property that takes it, or a
/// comment <c>lang=toml</c> before it or before its statement. A variable or constant that is handed to such a parameter counts too.
/// </summary>
/// <param name="languages">The names of the language that is asked for.</param>
internal sealed class TextMarks(params string[] languages)
{
    private const string AttributeName = "StringSyntaxAttribute";
    private const string AttributeNamespace = "System.Diagnostics.CodeAnalysis";
    private const string OwnNamespace = "StalwartHardening";
    private const string LoaderName = "ParseToml";
    private static readonly char[] NameEnds = [',', ' ', '\t'];

    /// <summary>Of TOML.</summary>
    public static TextMarks Toml { get; } = new("toml");

    /// <summary>Of JSON, in lines or not: what it holds its content must say.</summary>
    public static TextMarks Json { get; } = new("ndjson", "jsonl", "json");

    /// <summary>What the program says about <paramref name="expression"/>.</summary>
    public TextMark Of(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        if (HasComment(expression))
            return TextMark.Said;
        var use = OutermostWithSameValue(expression);
        return use.Parent switch
        {
            ArgumentSyntax argument => OfArgument(argument, model, cancellationToken),
            AssignmentExpressionSyntax assignment when assignment.Right == use => OfSymbol(model.GetSymbolInfo(assignment.Left, cancellationToken).Symbol),
            AttributeArgumentSyntax argument => OfAttributeArgument(argument, model, cancellationToken),
            ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax property } => OfSymbol(model.GetDeclaredSymbol(property, cancellationToken)),
            ArrowExpressionClauseSyntax { Parent: AccessorDeclarationSyntax accessor } => OfAccessor(accessor, model, cancellationToken),
            ReturnStatementSyntax statement when statement.FirstAncestorOrSelf<AccessorDeclarationSyntax>() is { } accessor => OfAccessor(accessor, model, cancellationToken),
            EqualsValueClauseSyntax clause => OfDeclaration(clause, model, cancellationToken),
            _ => TextMark.None,
        };
    }

    /// <summary>Whether <paramref name="expression"/> is handed to a method that is called like our loader.</summary>
    public static bool MayBeLoaded(ExpressionSyntax expression) =>
        OutermostWithSameValue(expression).Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
        && (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText == LoaderName;

    // Parentheses, casts, branches of a conditional: the value goes where the whole goes.
    private static ExpressionSyntax OutermostWithSameValue(ExpressionSyntax expression)
    {
        while (expression.Parent is ExpressionSyntax parent)
        {
            var isSame = parent switch
            {
                ParenthesizedExpressionSyntax or CastExpressionSyntax or CheckedExpressionSyntax => true,
                PostfixUnaryExpressionSyntax suppression => suppression.IsKind(SyntaxKind.SuppressNullableWarningExpression),
                ConditionalExpressionSyntax conditional => conditional.Condition != expression,
                BinaryExpressionSyntax binary => binary.IsKind(SyntaxKind.CoalesceExpression),
                _ => false,
            };
            if (!isSame)
                break;
            expression = parent;
        }

        return expression;
    }

    private TextMark OfArgument(ArgumentSyntax argument, SemanticModel model, CancellationToken cancellationToken)
    {
        if (OperationOf(argument, model, cancellationToken) is not { Parameter: { } parameter })
            return TextMark.None;
        var mark = OfSymbol(parameter);
        return mark == TextMark.Said && IsOwn(parameter.ContainingNamespace) ? TextMark.Loader : mark;
    }

    // The compiler forgets parentheses: what is in them is the argument then, and the syntax around them has no operation.
    private static IArgumentOperation? OperationOf(ArgumentSyntax argument, SemanticModel model, CancellationToken cancellationToken)
    {
        var expression = argument.Expression;
        while (true)
        {
            if (expression is ParenthesizedExpressionSyntax inner)
                expression = inner.Expression;
            else if (expression is PostfixUnaryExpressionSyntax suppression && suppression.IsKind(SyntaxKind.SuppressNullableWarningExpression))
                expression = suppression.Operand;
            else
                break;
        }

        if (expression == argument.Expression)
            return model.GetOperation(argument, cancellationToken) as IArgumentOperation;
        var operation = model.GetOperation(expression, cancellationToken);
        while (operation is not (null or IArgumentOperation) && operation.Parent is IArgumentOperation or IConversionOperation)
            operation = operation.Parent;
        return operation as IArgumentOperation;
    }

    private static bool IsOwn(INamespaceSymbol? space)
    {
        while (space is { IsGlobalNamespace: false })
        {
            if (space.Name == OwnNamespace && space.ContainingNamespace.IsGlobalNamespace)
                return true;
            space = space.ContainingNamespace;
        }

        return false;
    }

    private TextMark OfAttributeArgument(AttributeArgumentSyntax argument, SemanticModel model, CancellationToken cancellationToken)
    {
        if (argument.NameEquals is { } name)
            return OfSymbol(model.GetSymbolInfo(name.Name, cancellationToken).Symbol);
        if (argument.Parent?.Parent is not AttributeSyntax attribute
            || model.GetSymbolInfo(attribute, cancellationToken).Symbol is not IMethodSymbol constructor)
            return TextMark.None;
        var position = attribute.ArgumentList!.Arguments.IndexOf(argument);
        var parameter = argument.NameColon is { } colon
            ? constructor.Parameters.FirstOrDefault(parameter => parameter.Name == colon.Name.Identifier.ValueText)
            : constructor.Parameters.ElementAtOrDefault(position);
        return OfSymbol(parameter);
    }

    private TextMark OfAccessor(AccessorDeclarationSyntax accessor, SemanticModel model, CancellationToken cancellationToken) =>
        accessor.IsKind(SyntaxKind.GetAccessorDeclaration)
            ? OfSymbol((model.GetDeclaredSymbol(accessor, cancellationToken) as IMethodSymbol)?.AssociatedSymbol)
            : TextMark.None;

    private TextMark OfDeclaration(EqualsValueClauseSyntax clause, SemanticModel model, CancellationToken cancellationToken)
    {
        if (clause.Parent is not { } declaration || model.GetDeclaredSymbol(declaration, cancellationToken) is not { } symbol)
            return TextMark.None;
        var mark = OfSymbol(symbol);
        if (mark != TextMark.None)
            return mark;
        SyntaxNode? scope = symbol switch
        {
            ILocalSymbol => declaration.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member and not GlobalStatementSyntax
                ? member
                : declaration.SyntaxTree.GetRoot(cancellationToken),
            IFieldSymbol { IsConst: true } or IFieldSymbol { IsReadOnly: true } => declaration.FirstAncestorOrSelf<TypeDeclarationSyntax>(),
            _ => null,
        };
        if (scope is null)
            return TextMark.None;
        var near = OfUses(symbol, scope, model, cancellationToken);
        return symbol is IFieldSymbol field && near != TextMark.Loader && (field.DeclaredAccessibility != Accessibility.Private || field.ContainingType.DeclaringSyntaxReferences.Length > 1)
            ? Stronger(near, OfUsesElsewhere(field, scope, model, cancellationToken))
            : near;
    }

    private static TextMark Stronger(TextMark left, TextMark right) => left > right ? left : right;

    // Whatever else in the project names the field, and its type or a part of it.
    private TextMark OfUsesElsewhere(IFieldSymbol field, SyntaxNode own, SemanticModel model, CancellationToken cancellationToken)
    {
        var strongest = TextMark.None;
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = tree.GetText(cancellationToken).ToString();
            if (text.IndexOf(field.Name, StringComparison.Ordinal) < 0 || text.IndexOf(field.ContainingType.Name, StringComparison.Ordinal) < 0)
                continue;
            var isOwn = tree == model.SyntaxTree;
#pragma warning disable RS1030 // A text may be handed over in another file; models are made only of those that name it.
            var other = isOwn ? model : model.Compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
            strongest = Stronger(strongest, OfUses(field, tree.GetRoot(cancellationToken), other, cancellationToken, isOwn ? own : null));
        }

        return strongest;
    }

    // The strongest mark among the places in the same scope that the symbol is handed to.
    private TextMark OfUses(ISymbol symbol, SyntaxNode scope, SemanticModel model, CancellationToken cancellationToken, SyntaxNode? except = null)
    {
        var strongest = TextMark.None;
        foreach (var node in scope.DescendantNodes(node => node != except))
        {
            if (node is not IdentifierNameSyntax name || name.Identifier.ValueText != symbol.Name)
                continue;
            ExpressionSyntax whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
            if (OutermostWithSameValue(whole).Parent is not ArgumentSyntax argument
                || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name, cancellationToken).Symbol, symbol))
                continue;
            strongest = Stronger(strongest, OfArgument(argument, model, cancellationToken));
        }

        return strongest;
    }

    private TextMark OfSymbol(ISymbol? symbol)
    {
        if (symbol is null or ILocalSymbol)
            return TextMark.None;
        foreach (var attribute in symbol.GetAttributes())
        {
            if (attribute is { AttributeClass: { Name: AttributeName } type, ConstructorArguments: [{ Value: string syntax }, ..] }
                && type.ContainingNamespace.ToDisplayString() == AttributeNamespace
                && IsAsked(syntax))
                return TextMark.Said;
        }

        return TextMark.None;
    }

    private bool HasComment(ExpressionSyntax expression)
    {
        var first = expression.GetFirstToken();
        if (HoldsComment(first.LeadingTrivia) || HoldsComment(first.GetPreviousToken().TrailingTrivia))
            return true;
        var owner = expression.Ancestors().FirstOrDefault(static node => node is StatementSyntax or MemberDeclarationSyntax);
        return owner is not null && owner.GetFirstToken() is var start && start != first && HoldsComment(start.LeadingTrivia);
    }

    private bool HoldsComment(SyntaxTriviaList trivia)
    {
        foreach (var piece in trivia)
        {
            if ((piece.IsKind(SyntaxKind.SingleLineCommentTrivia) || piece.IsKind(SyntaxKind.MultiLineCommentTrivia)) && NamesLanguage(piece.ToString()))
                return true;
        }

        return false;
    }

    // As editors read it: lang=toml or language=toml, blanks allowed, options after a comma.
    private bool NamesLanguage(string comment)
    {
        var words = comment.Trim('/', '*', ' ', '\t');
        var equals = words.IndexOf('=');
        if (equals < 0 || words.Substring(0, equals).Trim() is not { } name)
            return false;
        if (!name.Equals("lang", StringComparison.OrdinalIgnoreCase) && !name.Equals("language", StringComparison.OrdinalIgnoreCase))
            return false;
        var language = words.Substring(equals + 1).TrimStart();
        var end = language.IndexOfAny(NameEnds);
        return IsAsked(end < 0 ? language : language.Substring(0, end));
    }

    private bool IsAsked(string language) => languages.Contains(language, StringComparer.OrdinalIgnoreCase);
}

/// <summary>What a program says about a text.</summary>
internal enum TextMark
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is in the language, which anybody's text may be.</summary>
    Said,

    /// <summary>It is handed to a loader of ours: it is a mail server's, whatever it looks like.</summary>
    Loader,
}
