using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>
/// The semantic models of the files a server is written in, each made once: a model keeps what it has bound, and helpers are
/// followed many times.
/// </summary>
internal sealed class ProgramModels(Compilation compilation)
{
    private readonly Dictionary<SyntaxTree, SemanticModel> _models = [];
    private readonly Dictionary<SyntaxNode, IOperation?> _operations = [];
    private readonly Dictionary<ISymbol, IReadOnlyList<(ISymbol Member, IOperation Initializer)>> _initializers = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, IReadOnlyList<INamedTypeSymbol>> _implementations = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IOperation, bool> _iterators = [];
    private readonly Dictionary<ISymbol, bool> _counters = new(SymbolEqualityComparer.Default);
    private Dictionary<string, List<TypeDeclarationSyntax>>? _derived;

    /// <summary>The compilation.</summary>
    public Compilation Compilation => compilation;

    /// <summary>The model of a file of the compilation.</summary>
    public SemanticModel Of(SyntaxTree tree)
    {
        if (!_models.TryGetValue(tree, out var model))
        {
#pragma warning disable RS1030 // A server may be written in several files; models are made only of those that write one.
            model = compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
            _models.Add(tree, model);
        }

        return model;
    }

    /// <summary>What a piece of code does; null where nothing is known.</summary>
    public IOperation? Operation(SyntaxNode node, CancellationToken cancellationToken)
    {
        if (!_operations.TryGetValue(node, out var operation))
        {
            operation = Of(node.SyntaxTree).GetOperation(node, cancellationToken);
            _operations.Add(node, operation);
        }

        return operation;
    }

    /// <summary>Whether the source of a type is here.</summary>
    public bool IsOfProgram(ITypeSymbol type) =>
        type.OriginalDefinition.DeclaringSyntaxReferences is [var first, ..] && compilation.ContainsSyntaxTree(first.SyntaxTree);

    /// <summary>Where a method is written; null where it is not, or nowhere in this program.</summary>
    public SyntaxNode? SyntaxOf(IMethodSymbol method, CancellationToken cancellationToken) =>
        method.DeclaringSyntaxReferences is [var first, ..] && compilation.ContainsSyntaxTree(first.SyntaxTree) ? first.GetSyntax(cancellationToken) : null;

    /// <summary>Whether a constructor is written as the parameters of its type.</summary>
    public static bool IsPrimary(SyntaxNode? constructor) => constructor is TypeDeclarationSyntax;

    /// <summary>Whether a property is what a parameter of a positional record became.</summary>
    public static bool IsDeclaredBy(IPropertySymbol property, IParameterSymbol parameter) =>
        property.DeclaringSyntaxReferences is [var own, ..] && parameter.DeclaringSyntaxReferences is [var other, ..] && own.SyntaxTree == other.SyntaxTree && own.Span == other.Span;

    /// <summary>The call of the base's constructor that follows the parameters of a type.</summary>
    public IInvocationOperation? BaseCallOf(SyntaxNode type, CancellationToken cancellationToken) =>
        (type as TypeDeclarationSyntax)?.BaseList?.Types.OfType<PrimaryConstructorBaseTypeSyntax>().FirstOrDefault() is { } call ? Operation(call, cancellationToken) as IInvocationOperation : null;

    /// <summary>The value a parameter has where nobody gives it one.</summary>
    public static Value? DefaultOf(IParameterSymbol parameter) => parameter switch
    {
        { ExplicitDefaultValue: null, Type.IsReferenceType: true } => Value.Null,
        { ExplicitDefaultValue: null } => null,
        { ExplicitDefaultValue: { } number, Type: INamedTypeSymbol { TypeKind: TypeKind.Enum } type } => new EnumValue(type, EnumValue.NumberOf(number)),
        _ => new KnownValue(parameter.ExplicitDefaultValue),
    };

    /// <summary>What the fields, properties and events of a type begin with, in the order they are written.</summary>
    public IReadOnlyList<(ISymbol Member, IOperation Initializer)> InitializersOf(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        if (_initializers.TryGetValue(type, out var known))
            return known;
        var list = new List<(ISymbol, IOperation)>();
        foreach (var member in type.GetMembers())
        {
            if (member is { IsStatic: false } and (IFieldSymbol { IsConst: false, IsImplicitlyDeclared: false } or IPropertySymbol or IEventSymbol) && InitializerOf(member, cancellationToken) is { } initializer)
                list.Add((member, initializer));
        }

        _initializers.Add(type, list);
        return list;
    }

    /// <summary>What a field or property begins with; null where it says nothing.</summary>
    public IOperation? InitializerOf(ISymbol member, CancellationToken cancellationToken)
    {
        foreach (var reference in member.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellationToken);
            var initializer = syntax switch
            {
                VariableDeclaratorSyntax declarator => declarator.Initializer,
                PropertyDeclarationSyntax property => property.Initializer,
                _ => null,
            };
            if (initializer is not null && compilation.ContainsSyntaxTree(syntax.SyntaxTree))
                return ValueOf(Operation(initializer, cancellationToken)) ?? Operation(initializer.Value, cancellationToken);
        }

        return null;
    }

    /// <summary>Whether a field of the program begins at nothing and is only counted: nobody sets it.</summary>
    public bool IsCounter(IFieldSymbol field, CancellationToken cancellationToken)
    {
        if (_counters.TryGetValue(field, out var isCounter))
            return isCounter;
        isCounter = field.DeclaringSyntaxReferences is [var own] && own.GetSyntax(cancellationToken) is VariableDeclaratorSyntax { Initializer: null } && IsOfProgram(field.ContainingType) && field.ContainingType.DeclaringSyntaxReferences.All(type => type.GetSyntax(cancellationToken).DescendantNodes().OfType<IdentifierNameSyntax>().All(name => name.Identifier.ValueText != field.Name || IsOnlyCounted(name)));
        _counters.Add(field, isCounter);
        return isCounter;
    }

    private static bool IsOnlyCounted(ExpressionSyntax name)
    {
        while (name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
            name = access;
        return name.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left != name || assignment.Kind() is SyntaxKind.AddAssignmentExpression or SyntaxKind.SubtractAssignmentExpression,
            ArgumentSyntax argument => argument.RefKindKeyword.Kind() is SyntaxKind.None or SyntaxKind.InKeyword,
            RefExpressionSyntax or EqualsValueClauseSyntax { Value: RefExpressionSyntax } => false,
            _ => true,
        };
    }

    // The initializer as a whole knows the conversion to the type of the member.
    private static IOperation? ValueOf(IOperation? initializer) => (initializer as ISymbolInitializerOperation)?.Value;

    /// <summary>Whether a body hands its values out one after the other.</summary>
    public bool IsIterator(IOperation body, IMethodSymbol method)
    {
        if (method.ReturnType.Name is not ("IEnumerable" or "IEnumerator" or "IAsyncEnumerable" or "IAsyncEnumerator"))
            return false;
        if (!_iterators.TryGetValue(body, out var isIterator))
            _iterators.Add(body, isIterator = body.Syntax.DescendantNodes(node => node == body.Syntax || node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)).Any(static node => node is YieldStatementSyntax));
        return isIterator;
    }

    /// <summary>The types of the program that can be made and are of <paramref name="type"/>, in the order of their names.</summary>
    public IReadOnlyList<INamedTypeSymbol> ImplementationsOf(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        type = type.OriginalDefinition;
        if (_implementations.TryGetValue(type, out var known))
            return known;
        var found = new Dictionary<string, INamedTypeSymbol>(StringComparer.Ordinal);
        if (IsOfProgram(type))
            Add(type, found, cancellationToken);
        IReadOnlyList<INamedTypeSymbol> list = [.. found.OrderBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => pair.Value).Where(static candidate => !candidate.IsAbstract)];
        _implementations.Add(type, list);
        return list;
    }

    private void Add(INamedTypeSymbol type, Dictionary<string, INamedTypeSymbol> found, CancellationToken cancellationToken)
    {
        foreach (var declaration in Derived(cancellationToken).TryGetValue(type.Name, out var declarations) ? declarations : [])
        {
            if (Of(declaration.SyntaxTree).GetDeclaredSymbol(declaration, cancellationToken) is not INamedTypeSymbol candidate || found.ContainsKey(candidate.ToDisplayString())
                || !(SymbolEqualityComparer.Default.Equals(candidate.BaseType?.OriginalDefinition, type) || candidate.Interfaces.Any(one => SymbolEqualityComparer.Default.Equals(one.OriginalDefinition, type))))
                continue;
            if (candidate.TypeKind is TypeKind.Class or TypeKind.Struct)
                found.Add(candidate.ToDisplayString(), candidate);
            Add(candidate, found, cancellationToken);
        }
    }

    // The types that say what they derive from, by the name they say.
    private Dictionary<string, List<TypeDeclarationSyntax>> Derived(CancellationToken cancellationToken)
    {
        if (_derived is not null)
            return _derived;
        _derived = new Dictionary<string, List<TypeDeclarationSyntax>>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var declaration in tree.GetRoot(cancellationToken).DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax).OfType<TypeDeclarationSyntax>())
            {
                foreach (var name in declaration.BaseList?.Types.Select(static type => NameOf(type.Type)) ?? [])
                {
                    if (!_derived.TryGetValue(name, out var list))
                        _derived.Add(name, list = []);
                    list.Add(declaration);
                }
            }
        }

        return _derived;
    }

    private static string NameOf(TypeSyntax type) => type switch
    {
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        _ => "",
    };
}
