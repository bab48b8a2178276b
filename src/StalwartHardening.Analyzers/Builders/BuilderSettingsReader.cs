using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>
/// Flattens the servers that a compilation writes with typed builders into the same stream of settings that a TOML file
/// becomes.
/// </summary>
internal sealed class BuilderSettingsReader
{
    private const int MaxSteps = 250_000;

    // Texts that name a server are in many programs that begin none: all of them together may be as much work as one server.
    private const int MaxTextSteps = 25_000;
    private const int MinTextSteps = 1_000;
    private const int MaxCallers = 24;
    private const int MaxChainLength = 8;

    private readonly Compilation _compilation;
    private readonly BuilderVocabulary _vocabulary;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<SyntaxNode, ReadMember> _read = [];
    private readonly List<ReadMember> _order = [];
    private readonly ProgramModels _models;
    private readonly ValuePlaces _places;
    private readonly List<WrittenServer> _written = [];
    private readonly List<LoadedText> _texts = [];
    private readonly BuilderFocus? _focus;
    private readonly MemberSearch _members;
    private int _textSteps = MaxSteps;

    private BuilderSettingsReader(Compilation compilation, BuilderVocabulary vocabulary, BuilderFocus? focus, CancellationToken cancellationToken)
    {
        _compilation = compilation;
        _vocabulary = vocabulary;
        _focus = focus;
        _cancellationToken = cancellationToken;
        _models = new ProgramModels(compilation);
        _places = new ValuePlaces(_models, Sources, cancellationToken);
        _members = new MemberSearch(_models, vocabulary, focus, cancellationToken);
    }

    /// <summary>The texts the servers are written in.</summary>
    public SourceMap Sources { get; } = new();

    /// <summary>The servers, one for each way through the code that writes them.</summary>
    public IEnumerable<SettingsDocument> Servers => _written.Select(static server => server.Document);

    /// <summary>The servers and who wrote what into them.</summary>
    public IReadOnlyList<WrittenServer> Written => _written;

    /// <summary>The texts that the program reads as servers.</summary>
    public IReadOnlyList<LoadedText> Texts => _texts;

    /// <summary>The semantic models of the files.</summary>
    public ProgramModels Models => _models;

    /// <summary>The types whose objects write a whole server.</summary>
    public IReadOnlyCollection<INamedTypeSymbol> Roots => _members.Roots;

    /// <summary>The files of the program that say of members that they begin a server.</summary>
    public IReadOnlyCollection<SyntaxTree> Creators => _members.Creators;

    /// <summary>What the text of a member holds that has to do with servers.</summary>
    public HashSet<string> Names => _members.Names;

    /// <summary>Reads all servers of a compilation, or those that begin in some of its files, with what fixes need to know.</summary>
    public static BuilderSettingsReader Read(Compilation compilation, BuilderVocabulary vocabulary, CancellationToken cancellationToken, BuilderFocus? focus = null)
    {
        var reader = new BuilderSettingsReader(compilation, vocabulary, focus, cancellationToken);
        reader.ReadAll();
        return reader;
    }

    /// <summary>Whether any text of the compilation mentions what a server is written with; where none does there is nothing to read.</summary>
    public static bool IsMentioned(Compilation compilation, BuilderVocabulary vocabulary, CancellationToken cancellationToken) =>
        MemberSearch.IsMentioned(compilation, vocabulary, cancellationToken);

    private void ReadAll()
    {
        foreach (var member in _members.All())
            Read(member, 0);

        // What somebody calls is judged as it is called; what nobody calls, as if anybody did.
        foreach (var member in _order)
        {
            if (IsReplaced(member.Symbol) || _order.Exists(other => other != member && Follows(other, member) && !Follows(member, other)))
                continue;
            _written.AddRange(member.Servers);
            foreach (var text in member.Texts)
            {
                if (!_texts.Contains(text))
                    _texts.Add(text);
            }
        }
    }

    // What every class of the program that could have it from an abstract one has its own instead of.
    private bool IsReplaced(ISymbol? symbol) =>
        symbol is IMethodSymbol { IsVirtual: true, ContainingType: { IsAbstract: true } type } method && _models.ImplementationsOf(type, _cancellationToken) is { Count: > 0 } all && all.All(own => Overrides(own, type, method));

    private static bool Overrides(INamedTypeSymbol own, INamedTypeSymbol type, IMethodSymbol method)
    {
        for (var current = own; current is not null && !SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, type.OriginalDefinition); current = current.BaseType)
        {
            if (current.GetMembers(method.Name).OfType<IMethodSymbol>().Any(static candidate => candidate.IsOverride))
                return true;
        }

        return false;
    }

    private static bool Follows(ReadMember one, ReadMember other) => other.Symbol is { } symbol && one.Followed.Contains(symbol.OriginalDefinition);

    private void Read(in Member member, int depth)
    {
        if (_read.ContainsKey(member.Node) || _members.BodyOf(member) is not { } body)
            return;
        var read = Follow(body, _members.SymbolOf(member), member.IsOnlyText);
        _read.Add(member.Node, read);
        _order.Add(read);
        if (!read.DependsOnCallers || (read.Servers.Count == 0 && read.Texts.Count == 0) || depth >= MaxChainLength || read.Symbol is not { } symbol)
            return;
        var callers = _members.CallersOf(symbol, MaxCallers);
        foreach (var caller in callers)
            Read(caller, depth + 1);
    }

    private ReadMember Follow(IOperation body, ISymbol? symbol, bool isOnlyText)
    {
        var read = new ReadMember(symbol);
        var completed = new List<WrittenServer>();
        var thrown = new List<WrittenServer>();
        var steps = isOnlyText ? Math.Max(MinTextSteps, Math.Min(MaxTextSteps, _textSteps)) : MaxSteps;
        var budget = new Budget(steps);
        Choices.Walk(choices =>
        {
            var interpreter = new Interpreter(_models, _vocabulary, _members.Roots, Sources, choices, budget, _focus is not null, _cancellationToken);
            interpreter.Run(body, symbol);
            read.Followed.UnionWith(interpreter.Followed);
            read.DependsOnCallers |= interpreter.DependsOnCallers;
            read.Texts.AddRange(interpreter.TextsByThemselves);
            foreach (var server in interpreter.Servers)
            {
                foreach (var whole in WholesOf(server))
                {
                    var written = new WrittenServer(whole.ToDocument(_places.Find), whole.Writes ?? (IReadOnlyList<SettingWrite>)[], body.Syntax) { Plan = whole.Operations.Count > 0 ? new PlanReader(_vocabulary, whole).Read() : null, Layers = whole.Layers, Lost = whole.Lost, Switches = interpreter.Switches, IsBegun = server.IsBegun, HasText = whole.HasText };
                    (interpreter.Throws && server.Completed.Count == 0 ? thrown : completed).Add(written);
                }
            }

            return !budget.IsSpent;
        });
        if (isOnlyText)
            _textSteps -= steps - Math.Max(budget.Left, 0);
        // A way that throws writes no server, unless there is no other way yet.
        read.Servers.AddRange(completed.Count > 0 ? completed : thrown);
        return read;
    }

    // What the program asks for and uses. One that only becomes a part of another is judged as that.
    private static IEnumerable<ServerDraft> WholesOf(ServerDraft server) => server.Completed.Count == 0 ? [server] : server.Completed.Where(static whole => !whole.IsLayer || whole.IsUsed);

    /// <summary>What reading has found to begin with one member.</summary>
    private sealed class ReadMember(ISymbol? symbol)
    {
        public ISymbol? Symbol { get; } = symbol is IMethodSymbol { AssociatedSymbol: { } owner } ? owner : symbol;

        public HashSet<ISymbol> Followed { get; } = new(SymbolEqualityComparer.Default);

        public List<WrittenServer> Servers { get; } = [];

        public List<LoadedText> Texts { get; } = [];

        public bool DependsOnCallers { get; set; }
    }
}
