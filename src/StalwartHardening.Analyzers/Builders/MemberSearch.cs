using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>
/// The members of a program that have to do with servers. Their texts are looked at first; nothing is bound before a type of
/// ours, or a member of the program that hands one out, is named near it.
/// </summary>
internal sealed class MemberSearch
{
    private const string CreatorMark = "CreatesServer";

    // What the text of a server with a listener says, of either generation.
    private static readonly string[] TextMarks = ["server.listener", "NetworkListener"];

    private readonly ProgramModels _models;
    private readonly BuilderVocabulary _vocabulary;
    private readonly BuilderFocus? _focus;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<SyntaxTree, string> _texts = [];
    private readonly Dictionary<SyntaxNode, UsedSymbols> _used = [];
    private readonly List<SyntaxTree> _creators = [];
    private readonly List<string> _aliases = [];

    public MemberSearch(ProgramModels models, BuilderVocabulary vocabulary, BuilderFocus? focus, CancellationToken cancellationToken)
    {
        _models = models;
        _vocabulary = vocabulary;
        _focus = focus;
        _cancellationToken = cancellationToken;
    }

    /// <summary>The types whose objects write a whole server.</summary>
    public HashSet<INamedTypeSymbol> Roots { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The files of the program that say of members that they begin a server.</summary>
    public IReadOnlyCollection<SyntaxTree> Creators => _creators;

    /// <summary>What the text of a member holds that has to do with servers.</summary>
    public HashSet<string> Names { get; private set; } = [];

    /// <summary>Whether any text of the compilation mentions what a server is written with; where none does there is nothing to read.</summary>
    public static bool IsMentioned(Compilation compilation, BuilderVocabulary vocabulary, CancellationToken cancellationToken)
    {
        var names = new NameFinder([.. vocabulary.TypeNames, .. vocabulary.HandingNames, CreatorMark, .. TextMarks]);
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (names.IsIn(tree.GetText(cancellationToken).ToString()))
                return true;
        }

        return false;
    }

    /// <summary>Whether a file may say in a text what a server is.</summary>
    public static bool MayHoldServer(string text) => Array.Exists(TextMarks, mark => text.IndexOf(mark, StringComparison.Ordinal) >= 0);

    /// <summary>All members to begin reading with.</summary>
    public List<Member> All()
    {
        Roots.UnionWith(_vocabulary.Roots);
        Names = new HashSet<string>(_focus?.Names ?? [.. _vocabulary.TypeNames, .. _vocabulary.HandingNames], StringComparer.Ordinal);
        AddOwnCreators();
        if (_focus?.Names is null)
        {
            foreach (var root in Roots)
                Names.Add(root.Name);
            AddAliases();
            AddHanding();
        }

        Names.UnionWith(TextMarks);
        var finder = new NameFinder(Names);
        var types = new NameFinder(Names.Except(TextMarks, StringComparer.Ordinal));
        var calls = new NameFinder([.. Names, .. Roots.SelectMany(CallsOn)]);
        var members = new List<Member>();
        foreach (var tree in _focus?.Trees ?? _models.Compilation.SyntaxTrees)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (!finder.IsIn(TextOf(tree)))
                continue;
            var isOnlyText = !types.IsIn(TextOf(tree));
            members.AddRange(MembersOf(tree, calls).Select(member => member with { IsOnlyText = isOnlyText }));
        }

        return members;
    }

    /// <summary>The members that call a method, ask for a property or make an object; none where they are more than <paramref name="most"/>.</summary>
    public IReadOnlyList<Member> CallersOf(ISymbol symbol, int most)
    {
        var targets = TargetsOf(symbol);
        var name = symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? symbol.ContainingType.Name : symbol.Name;
        // Objects of a type that is named nowhere are made where "new()" is written.
        var finder = new NameFinder(symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } ? [name, "new("] : symbol is IPropertySymbol { IsIndexer: true } ? ["["] : [name]);
        // Who calls it names its type or what that is derived from, if it is not an extension.
        var types = symbol is IMethodSymbol { IsExtensionMethod: true } ? null : new NameFinder([.. targets.Select(static target => target.ContainingType?.Name ?? "")]);
        var callers = new List<Member>();
        foreach (var tree in _models.Compilation.SyntaxTrees)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (!finder.IsIn(TextOf(tree)) || types?.IsIn(TextOf(tree)) == false)
                continue;
            foreach (var member in MembersOf(tree, finder))
            {
                if (SymbolEqualityComparer.Default.Equals(SymbolOf(member), symbol) || !UsedBy(member).Holds(targets))
                    continue;
                callers.Add(member);
                if (callers.Count > most)
                    return [];
            }
        }

        return callers;
    }

    /// <summary>What a member does.</summary>
    public IOperation? BodyOf(in Member member) => _models.Operation(member.Node, _cancellationToken);

    /// <summary>The member as a symbol; null for the statements of a file.</summary>
    public ISymbol? SymbolOf(in Member member) => member.Node switch
    {
        CompilationUnitSyntax => null,
        EqualsValueClauseSyntax { Parent: { } declaration } => _models.Of(declaration.SyntaxTree).GetDeclaredSymbol(declaration, _cancellationToken),
        ArrowExpressionClauseSyntax { Parent: { } declaration } => _models.Of(declaration.SyntaxTree).GetDeclaredSymbol(declaration, _cancellationToken) is IPropertySymbol property ? property.GetMethod : null,
        var node => _models.Of(node.SyntaxTree).GetDeclaredSymbol(node, _cancellationToken),
    };

    // A call may name what a method overrides or implements.
    private static HashSet<ISymbol> TargetsOf(ISymbol symbol)
    {
        var targets = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { symbol.OriginalDefinition };
        for (var overridden = Overridden(symbol); overridden is not null; overridden = Overridden(overridden))
            targets.Add(overridden.OriginalDefinition);
        if (symbol is { IsStatic: false, ContainingType: { } type } and not IMethodSymbol { MethodKind: MethodKind.Constructor })
        {
            foreach (var member in type.AllInterfaces.SelectMany(static contract => contract.GetMembers()))
            {
                if (SymbolEqualityComparer.Default.Equals(type.FindImplementationForInterfaceMember(member), symbol))
                    targets.Add(member.OriginalDefinition);
            }
        }

        return targets;
    }

    private static ISymbol? Overridden(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.OverriddenMethod,
        IPropertySymbol property => property.OverriddenProperty,
        _ => null,
    };

    private UsedSymbols UsedBy(in Member member)
    {
        if (!_used.TryGetValue(member.Node, out var used))
            _used.Add(member.Node, used = new UsedSymbols(BodyOf(member)));
        return used;
    }

    // Methods, constructors and (by their primary constructor) types of this project that say they begin a server.
    private void AddOwnCreators()
    {
        foreach (var tree in _focus?.Creators ?? _models.Compilation.SyntaxTrees)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            if (TextOf(tree).IndexOf(CreatorMark, StringComparison.Ordinal) < 0)
                continue;
            _creators.Add(tree);
            foreach (var attribute in tree.GetRoot(_cancellationToken).DescendantNodes(static node => node is not BlockSyntax).OfType<AttributeSyntax>())
            {
                if (!attribute.Name.ToString().Contains(CreatorMark) || attribute.Parent?.Parent is not { } declaration)
                    continue;
                var creator = declaration switch
                {
                    BaseMethodDeclarationSyntax => _models.Of(tree).GetDeclaredSymbol(declaration, _cancellationToken) as IMethodSymbol,
                    TypeDeclarationSyntax => (_models.Of(tree).GetDeclaredSymbol(declaration, _cancellationToken) as INamedTypeSymbol)?.InstanceConstructors.FirstOrDefault(_vocabulary.Creates),
                    _ => null,
                };
                if (creator is null || !_vocabulary.Creates(creator))
                    continue;
                Names.Add(BuilderVocabulary.NameOf(creator));
                if (BuilderVocabulary.RootOf(creator) is { } root)
                    Roots.Add(root);
            }
        }
    }

    // Other names for our types, and the methods of a type whose name "using static" leaves out.
    private void AddAliases()
    {
        var types = new NameFinder(Names);
        foreach (var tree in _models.Compilation.SyntaxTrees)
        {
            if (!types.IsIn(TextOf(tree)))
                continue;
            foreach (var directive in tree.GetRoot(_cancellationToken).DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).OfType<UsingDirectiveSyntax>())
            {
                if (directive.Alias is { } alias && types.IsIn(TextOf(tree), directive.Span))
                    _aliases.Add(alias.Name.Identifier.ValueText);
                else if (directive.StaticKeyword.Span.Length > 0 && types.IsIn(TextOf(tree), directive.Span))
                    _aliases.AddRange(_vocabulary.CreatorNames);
            }
        }

        Names.UnionWith(_aliases);
    }

    // What the program declares with a type of ours: who names it may have a server without naming its type.
    private void AddHanding()
    {
        var types = new NameFinder(_vocabulary.TypeNames.Concat(Roots.Select(static root => root.Name)).Concat(_aliases));
        var handing = new List<string>();
        foreach (var tree in _models.Compilation.SyntaxTrees)
        {
            var text = TextOf(tree);
            if (!types.IsIn(text))
                continue;
            handing.AddRange(HandingMembers.In(tree.GetRoot(_cancellationToken), text, types));
        }

        Names.UnionWith(handing);
    }

    private IEnumerable<string> CallsOn(INamedTypeSymbol root)
    {
        for (var type = root; type is { SpecialType: SpecialType.None }; type = type.BaseType)
        {
            foreach (var member in type.GetMembers())
            {
                if (member is IMethodSymbol { MethodKind: MethodKind.Ordinary } or IPropertySymbol && _vocabulary.IsAnnotated(member))
                    yield return member.Name;
            }
        }
    }

    private IEnumerable<Member> MembersOf(SyntaxTree tree, NameFinder names)
    {
        var text = TextOf(tree);
        var root = tree.GetRoot(_cancellationToken);
        if (root is CompilationUnitSyntax unit && unit.Members.OfType<GlobalStatementSyntax>().Any())
            yield return new Member(unit);
        foreach (var node in root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax or PropertyDeclarationSyntax or IndexerDeclarationSyntax or EventDeclarationSyntax or AccessorListSyntax))
        {
            switch (node)
            {
                case BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax when names.IsIn(text, node.Span):
                    yield return new Member(node);
                    break;
                case PropertyDeclarationSyntax { Initializer: { } initializer } when names.IsIn(text, node.Span):
                    yield return new Member(initializer);
                    break;
                case FieldDeclarationSyntax field when names.IsIn(text, node.Span):
                    foreach (var variable in field.Declaration.Variables)
                    {
                        if (variable.Initializer is { } own)
                            yield return new Member(own);
                    }

                    break;
            }
        }
    }

    // Asked several times; the text of a tree may be a new string each time.
    private string TextOf(SyntaxTree tree)
    {
        if (!_texts.TryGetValue(tree, out var text))
            _texts.Add(tree, text = tree.GetText(_cancellationToken).ToString());
        return text;
    }
}

/// <summary>A member of the program that can be read by itself: a method, an accessor, an initializer, the statements of a file.</summary>
/// <param name="Node">Where it is written.</param>
internal readonly record struct Member(SyntaxNode Node)
{
    /// <summary>Whether its file only says in a text what a server is, and names nothing that one is written with.</summary>
    public bool IsOnlyText { get; init; }
}
