using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Servers that are read or built, changed, and written again.
internal sealed partial class Interpreter
{
    // Null where a method has nothing to do with whole servers, or it is not known which they are.
    private Located? InvokeOnLayers(IMethodSymbol method, Located receiver, Arguments arguments, IOperation call)
    {
        if (BuilderVocabulary.ReadsServer(method) && arguments.First is { } text)
        {
            Load(text, call);
            return Read(text, method);
        }

        if (BuilderVocabulary.Continues(method) && receiver.Value is ServerValue built)
        {
            var server = new ServerDraft(isComplete: true, keepsWrites);
            Servers.Add(server);
            server.Overlay(built.Server);
            return Located.Of(new BuilderValue(server, ""));
        }

        if (arguments.First is not { Value: { Value: BuilderValue { Scope: "" } changed } whole })
            return null;
        if (BuilderVocabulary.TakesBack(method) && arguments.Last is { Content: string key })
        {
            changed.Server.Remove(key);
            return whole;
        }

        if (!BuilderVocabulary.Overlays(method) || arguments.Last is not { Value.Value: ServerValue layer })
            return null;
        changed.Server.Overlay(layer.Server);
        return whole;
    }

    // The server that a text is. What the server refuses to start on throws.
    private Located? Read(in Argument text, IMethodSymbol method)
    {
        if (Texts.Count == 0 || text.Value.Value is not KnownValue || LoadedDocument.SettingsIn(Texts[Texts.Count - 1], models, sources, cancellationToken) is not { } settings)
            return null;
        var server = new ServerDraft(isComplete: true) { HasText = true };
        foreach (var setting in settings)
            server.Set(setting);
        _read.Add((Texts[Texts.Count - 1], server));
        return Located.Of(new ServerValue(server, method.ReturnType));
    }

    private readonly List<(LoadedText Text, ServerDraft Server)> _read = [];

    /// <summary>The texts that stand for themselves: one that only becomes a part of another server is judged as what that has become.</summary>
    public IEnumerable<LoadedText> TextsByThemselves => Texts.Where(text => !_read.Exists(read => read.Text == text && read.Server is { IsLayer: true, IsUsed: false }));

    // What says something and changes nothing; it throws for nobody's sake.
    private static bool IsHarmless(IMethodSymbol method) => method.ContainingType switch
    {
        { Name: "Console" or "Debug" or "Trace" or "Thread" or "Stopwatch" or "Environment" } type => IsUnderSystem(type.ContainingNamespace) && method.Name is not "Exit" and not "FailFast",
        { ContainingNamespace: { Name: "Logging", ContainingNamespace.Name: "Extensions" } } => method.Name.StartsWith("Log", StringComparison.Ordinal),
        { Name: "TextWriter", ContainingNamespace.Name: "IO" } => method.Name.StartsWith("Write", StringComparison.Ordinal),
        _ => false,
    };
}
