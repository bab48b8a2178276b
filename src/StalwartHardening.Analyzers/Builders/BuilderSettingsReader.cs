using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>
/// Flattens the servers that a compilation writes with typed builders into the same stream of settings that a TOML file
/// becomes.
/// </summary>
internal sealed class BuilderSettingsReader
{
    private const string CreatorMark = "CreatesServer";
    private const int MaximalCallers = 3;
    private const int MaximalSteps = 400_000;

    private readonly Compilation _compilation;
    private readonly BuilderVocabulary _vocabulary;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
    private readonly HashSet<SyntaxNode> _read = [];
    private readonly HashSet<INamedTypeSymbol> _roots = new(SymbolEqualityComparer.Default);
    private readonly List<SyntaxTree> _creators = [];
    private readonly ProgramModels _models;
    private readonly ValuePlaces _places;
    private readonly List<WrittenServer> _written = [];
    private readonly BuilderFocus? _focus;
    private readonly Dictionary<SyntaxTree, string> _texts = [];

    private BuilderSettingsReader(Compilation compilation, BuilderVocabulary vocabulary, BuilderFocus? focus, CancellationToken cancellation)
    {
        _compilation = compilation;
        _vocabulary = vocabulary;
        _focus = focus;
        _cancellation = cancellation;
        _models = new ProgramModels(compilation);
        _places = new ValuePlaces(_models, Sources, cancellation);
    }

    /// <summary>The texts the servers are written in.</summary>
    public SourceMap Sources { get; } = new();

    /// <summary>The servers, one for each way through the code that writes them.</summary>
    public IEnumerable<SettingsDocument> Servers => _written.Select(static server => server.Document);

    /// <summary>The servers and who wrote what into them.</summary>
    public IReadOnlyList<WrittenServer> Written => _written;

    /// <summary>The semantic models of the files.</summary>
    public ProgramModels Models => _models;

    /// <summary>The types whose objects write a whole server.</summary>
    public IReadOnlyCollection<INamedTypeSymbol> Roots => _roots;

    /// <summary>The files of the program that say of members that they begin a server.</summary>
    public IReadOnlyCollection<SyntaxTree> Creators => _creators;

    /// <summary>What the text of a member holds that has to do with servers.</summary>
    public HashSet<string> Names { get; private set; } = [];

    /// <summary>Reads all servers of a compilation, or those that begin in some of its files, with what fixes need to know.</summary>
    public static BuilderSettingsReader Read(Compilation compilation, BuilderVocabulary vocabulary, CancellationToken cancellation, BuilderFocus? focus = null)
    {
        var reader = new BuilderSettingsReader(compilation, vocabulary, focus, cancellation);
        reader.ReadAll();
        return reader;
    }

    /// <summary>Whether any text of the compilation mentions what a server is written with; where none does there is nothing to read.</summary>
    public static bool IsMentioned(Compilation compilation, BuilderVocabulary vocabulary, CancellationToken cancellation)
    {
        var names = new NameFinder([.. vocabulary.CreatorNames, .. vocabulary.Roots.Select(static root => root.Name), .. NamespacesOf(vocabulary.Roots), CreatorMark]);
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            if (names.IsIn(tree.GetText(cancellation).ToString()))
                return true;
        }

        return false;
    }

    private void ReadAll()
    {
        _roots.UnionWith(_vocabulary.Roots);
        var members = AddNames();
        var later = new List<Member>();
        foreach (var member in members)
        {
            if (member.Body(this) is not { } body)
                continue;
            if (CreatesServer(body))
                Follow(member, body, 0);
            else
                later.Add(member);
        }

        // What nobody called writes into a server that comes from elsewhere.
        foreach (var member in later)
        {
            if (member.Body(this) is { } body && (member.Symbol(this) is not { } symbol || !_followed.Contains(symbol)))
                Follow(member, body, MaximalCallers);
        }
    }

    // What the text of a member holds that has to do with servers, and the members whose text does.
    private List<Member> AddNames()
    {
        Names = new HashSet<string>(_focus?.Names ?? _vocabulary.CreatorNames, StringComparer.Ordinal);
        AddOwnCreators(Names);
        if (_focus?.Names is not null)
            return MembersWith(Names);
        foreach (var root in _roots)
            Names.Add(root.Name);
        var members = MembersWith(Names);
        // Methods and properties that hand a server out make their callers writers of servers too.
        var known = Names.Count;
        foreach (var member in members)
        {
            var (type, name) = member.Node switch
            {
                MethodDeclarationSyntax method => (method.ReturnType, method.Identifier.ValueText),
                { Parent: PropertyDeclarationSyntax property } => (property.Type, property.Identifier.ValueText),
                { Parent.Parent: PropertyDeclarationSyntax property } => (property.Type, property.Identifier.ValueText),
                _ => default,
            };
            if (type is not null && _roots.Any(root => type.ToString().Contains(root.Name)))
                Names.Add(name);
        }

        return Names.Count > known ? MembersWith(Names) : members;
    }

    // What a method writes with its parameters is known only to those who call it.
    private void Follow(in Member member, IOperation body, int depth)
    {
        if (!_read.Add(member.Node))
            return;
        var isCertain = Follow(body, member.Symbol(this), out var servers);
        if (isCertain || depth >= MaximalCallers || member.Symbol(this) is not IMethodSymbol { Parameters.Length: > 0 } method || !FollowCallers(method, depth + 1))
            _written.AddRange(servers);
    }

    private bool FollowCallers(IMethodSymbol method, int depth)
    {
        var name = new NameFinder([method.Name]);
        var type = new NameFinder([method.ContainingType.Name]);
        var isCalled = false;
        foreach (var tree in _compilation.SyntaxTrees)
        {
            _cancellation.ThrowIfCancellationRequested();
            var text = TextOf(tree);
            if (!name.IsIn(text) || !(method.IsExtensionMethod || method.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == tree) || type.IsIn(text)))
                continue;
            foreach (var member in MembersOf(tree, name))
            {
                if (member.Body(this) is not { } body || !Calls(body, method) || SymbolEqualityComparer.Default.Equals(member.Symbol(this), method))
                    continue;
                Follow(member, body, depth);
                isCalled = true;
            }
        }

        return isCalled && _followed.Contains(method);
    }

    private static bool Calls(IOperation body, IMethodSymbol method)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation { TargetMethod: var target } && SymbolEqualityComparer.Default.Equals(target.OriginalDefinition, method))
                return true;
        }

        return false;
    }

    // Methods, constructors and (by their primary constructor) types of this project that say they begin a server.
    private void AddOwnCreators(HashSet<string> names)
    {
        foreach (var tree in _focus?.Creators ?? _compilation.SyntaxTrees)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (TextOf(tree).IndexOf(CreatorMark, StringComparison.Ordinal) < 0)
                continue;
            _creators.Add(tree);
            foreach (var attribute in tree.GetRoot(_cancellation).DescendantNodes(static node => node is not BlockSyntax).OfType<AttributeSyntax>())
            {
                if (!attribute.Name.ToString().Contains(CreatorMark) || attribute.Parent?.Parent is not { } declaration)
                    continue;
                var creator = declaration switch
                {
                    BaseMethodDeclarationSyntax => _models.Of(tree).GetDeclaredSymbol(declaration, _cancellation) as IMethodSymbol,
                    TypeDeclarationSyntax => (_models.Of(tree).GetDeclaredSymbol(declaration, _cancellation) as INamedTypeSymbol)?.InstanceConstructors.FirstOrDefault(_vocabulary.Creates),
                    _ => null,
                };
                if (creator is null || !_vocabulary.Creates(creator))
                    continue;
                names.Add(creator.Name);
                if (BuilderVocabulary.RootOf(creator) is { } root)
                    _roots.Add(root);
            }
        }
    }

    // Whether everything that was written is known, whoever calls.
    private bool Follow(IOperation body, ISymbol? member, out List<WrittenServer> servers)
    {
        var completed = new List<WrittenServer>();
        var thrown = new List<WrittenServer>();
        var isCertain = true;
        var budget = new Budget(MaximalSteps);
        Choices.Walk(choices =>
        {
            var interpreter = new Interpreter(_models, _vocabulary, _roots, Sources, choices, budget, _focus is not null, _cancellation);
            interpreter.Run(body, member);
            _followed.UnionWith(interpreter.Followed);
            isCertain &= !interpreter.DependsOnCallers;
            foreach (var server in interpreter.Servers.SelectMany(static server => server.Completed.Count > 0 ? server.Completed : [server]))
                (interpreter.Throws && server.Completed.Count == 0 ? thrown : completed).Add(new WrittenServer(server.ToDocument(_places.Find), server.Writes ?? (IReadOnlyList<SettingWrite>)[], body.Syntax));
            return !budget.IsSpent;
        });
        // A way that throws writes no server, unless there is no other way yet.
        servers = completed.Count > 0 ? completed : thrown;
        return isCertain;
    }

    private bool CreatesServer(IOperation body)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IInvocationOperation invocation && (_vocabulary.Creates(invocation.TargetMethod) || ReturnsServer(invocation.TargetMethod)))
                return true;
            if (operation is IObjectCreationOperation { Constructor: { } constructor } && _vocabulary.Creates(constructor))
                return true;
        }

        return false;
    }

    private bool ReturnsServer(IMethodSymbol method) => method.DeclaringSyntaxReferences.Length > 0 && method.ReturnType is INamedTypeSymbol type && _roots.Contains(type.OriginalDefinition);

    private List<Member> MembersWith(HashSet<string> names)
    {
        var finder = new NameFinder(names);
        // A file that speaks of the library may be called with a server of somebody else's, and never name it.
        var near = new NameFinder(NamespacesOf(_roots));
        NameFinder? calls = null;
        var members = new List<Member>();
        foreach (var tree in _focus?.Trees ?? _compilation.SyntaxTrees)
        {
            _cancellation.ThrowIfCancellationRequested();
            var text = TextOf(tree);
            if (near.IsIn(text))
                members.AddRange(MembersOf(tree, calls ??= new NameFinder([.. names, .. _roots.SelectMany(CallsOn)])));
            else if (finder.IsIn(text))
                members.AddRange(MembersOf(tree, finder));
        }

        return members;
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

    private static IEnumerable<string> NamespacesOf(IEnumerable<INamedTypeSymbol> types) =>
        types.Select(static type => type.ContainingNamespace).Where(static space => !space.IsGlobalNamespace).Select(static space => space.ToDisplayString()).Distinct();

    private IEnumerable<Member> MembersOf(SyntaxTree tree, NameFinder names)
    {
        var text = TextOf(tree);
        var root = tree.GetRoot(_cancellation);
        if (root is CompilationUnitSyntax unit && unit.Members.OfType<GlobalStatementSyntax>().Any())
            yield return new Member(unit);
        foreach (var node in root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax or PropertyDeclarationSyntax or IndexerDeclarationSyntax or AccessorListSyntax))
        {
            if (node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax && names.IsIn(text, node.Span))
            {
                yield return new Member(node);
            }
            else if (node is FieldDeclarationSyntax field && names.IsIn(text, node.Span))
            {
                foreach (var variable in field.Declaration.Variables)
                {
                    if (variable.Initializer is { } initializer)
                        yield return new Member(initializer);
                }
            }
        }
    }

    // Asked several times; the text of a tree may be a new string each time.
    private string TextOf(SyntaxTree tree)
    {
        if (!_texts.TryGetValue(tree, out var text))
            _texts.Add(tree, text = tree.GetText(_cancellation).ToString());
        return text;
    }

    private readonly record struct Member(SyntaxNode Node)
    {
        public IOperation? Body(BuilderSettingsReader reader) =>
            reader._models.Operation(Node, reader._cancellation);

        public ISymbol? Symbol(BuilderSettingsReader reader) => Node is EqualsValueClauseSyntax or CompilationUnitSyntax
            ? null
            : reader._models.Of(Node.SyntaxTree).GetDeclaredSymbol(Node, reader._cancellation);
    }
}
