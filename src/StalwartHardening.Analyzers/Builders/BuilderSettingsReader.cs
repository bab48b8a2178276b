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

    private readonly Compilation _compilation;
    private readonly BuilderVocabulary _vocabulary;
    private readonly CancellationToken _cancellation;
    private readonly HashSet<ISymbol> _followed = new(SymbolEqualityComparer.Default);
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

    private void ReadAll()
    {
        _roots.UnionWith(_vocabulary.Roots);
        Names = AllNames();
        var members = MembersWith(Names);
        var later = new List<Member>();
        foreach (var member in members)
        {
            if (member.Body(this) is not { } body)
                continue;
            if (CreatesServer(body))
                Follow(body);
            else
                later.Add(member);
        }

        // What nobody called writes into a server that comes from elsewhere.
        foreach (var member in later)
        {
            if (member.Body(this) is { } body && (member.Symbol(this) is not { } symbol || !_followed.Contains(symbol)))
                Follow(body);
        }
    }

    private HashSet<string> AllNames()
    {
        var names = new HashSet<string>(_vocabulary.CreatorNames, StringComparer.Ordinal);
        AddOwnCreators(names);
        if (_focus?.Names is { } known)
            return known;
        foreach (var root in _roots)
            names.Add(root.Name);
        // Methods and properties that hand a server out make their callers writers of servers too.
        foreach (var member in MembersWith(names))
        {
            var (type, name) = member.Node switch
            {
                MethodDeclarationSyntax method => (method.ReturnType, method.Identifier.ValueText),
                { Parent: PropertyDeclarationSyntax property } => (property.Type, property.Identifier.ValueText),
                { Parent.Parent: PropertyDeclarationSyntax property } => (property.Type, property.Identifier.ValueText),
                _ => default,
            };
            if (type is not null && _roots.Any(root => type.ToString().Contains(root.Name)))
                names.Add(name);
        }

        return names;
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

    private void Follow(IOperation body)
    {
        var completed = new List<WrittenServer>();
        var thrown = new List<WrittenServer>();
        Choices.Walk(choices =>
        {
            var interpreter = new Interpreter(_models, _vocabulary, _roots, Sources, choices, _focus is not null, _cancellation);
            interpreter.Run(body);
            _followed.UnionWith(interpreter.Followed);
            (interpreter.Throws ? thrown : completed).AddRange(interpreter.Servers.Select(server => new WrittenServer(server.ToDocument(_places.Find), server.Writes ?? (IReadOnlyList<SettingWrite>)[], body.Syntax)));
        });
        // A way that throws writes no server, unless there is no other way yet.
        _written.AddRange(completed.Count > 0 ? completed : thrown);
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
        var members = new List<Member>();
        foreach (var tree in _focus?.Trees ?? _compilation.SyntaxTrees)
        {
            _cancellation.ThrowIfCancellationRequested();
            if (!Holds(TextOf(tree), names))
                continue;
            var root = tree.GetRoot(_cancellation);
            if (root is CompilationUnitSyntax unit && unit.Members.OfType<GlobalStatementSyntax>().Any())
                members.Add(new Member(unit));
            foreach (var node in root.DescendantNodes(static node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax or PropertyDeclarationSyntax or IndexerDeclarationSyntax or AccessorListSyntax))
            {
                if (node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax && Holds(node.ToString(), names))
                    members.Add(new Member(node));
                else if (node is FieldDeclarationSyntax field && Holds(node.ToString(), names))
                    members.AddRange(field.Declaration.Variables.Where(static variable => variable.Initializer is not null).Select(static variable => new Member(variable.Initializer!)));
            }
        }

        return members;
    }

    // Asked twice at most; the text of a tree is a new string each time.
    private string TextOf(SyntaxTree tree)
    {
        if (!_texts.TryGetValue(tree, out var text))
            _texts.Add(tree, text = tree.GetText(_cancellation).ToString());
        return text;
    }

    private static bool Holds(string text, HashSet<string> names)
    {
        foreach (var name in names)
        {
            if (text.IndexOf(name, StringComparison.Ordinal) >= 0)
                return true;
        }

        return false;
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
