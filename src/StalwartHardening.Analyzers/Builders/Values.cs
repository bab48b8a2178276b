using Microsoft.CodeAnalysis;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>What an expression of the program is known to be.</summary>
internal abstract class Value
{
    /// <summary>Something of which nothing is known, not even whether it is the same as something else.</summary>
    public static Value Unknown { get; } = new OpaqueValue("", null);

    /// <summary>Null.</summary>
    public static KnownValue Null { get; } = new(null);

    public static KnownValue Of(bool value) => value ? True : False;

    private static KnownValue True { get; } = new(true);

    private static KnownValue False { get; } = new(false);
}

/// <summary>
/// A value that is known only to the running program. Two with the same key are equal, whichever way the program takes: what a
/// branch has found out about one holds for the other.
/// </summary>
internal class OpaqueValue(string key, ITypeSymbol? type) : Value
{
    /// <summary>What the value is called; empty where nothing else is the same.</summary>
    public string Key { get; } = key;

    /// <summary>The type the program gives it, where there is one.</summary>
    public ITypeSymbol? Type { get; } = type;

    /// <summary>Whether it never changes: the program goes only one of two ways that it decides.</summary>
    public bool IsFixed { get; init; }
}

/// <summary>Whether two values are equal, where one of them is not known.</summary>
internal sealed class EqualityValue(string key, Value left, Value right) : OpaqueValue(key, null)
{
    public Value Left { get; } = left;

    public Value Right { get; } = right;
}

/// <summary>The opposite of a condition nobody knows.</summary>
internal sealed class NotValue(OpaqueValue operand) : OpaqueValue("!" + operand.Key, null)
{
    public OpaqueValue Operand { get; } = operand;
}

/// <summary>A constant, an address, an end point, a duration: whatever has an exact value; a text may have unknown parts in it.</summary>
internal sealed class KnownValue(object? content) : Value
{
    public object? Content { get; private set; } = content;

    /// <summary>Something was done to the object that nobody can follow: what it is now is not known.</summary>
    public void Forget() => Content = new object();

    /// <summary>What a text was put together from, or null where it was not.</summary>
    public IReadOnlyList<TextPart>? Parts { get; init; }

    /// <summary>The text, where it is one without unknown parts.</summary>
    public string? Text => Content is string text && text.IndexOf(Setting.UnknownPart) < 0 ? text : null;
}

/// <summary>A part of a text: some characters of another, or all characters of what was written at one place.</summary>
/// <param name="Text">What it is.</param>
/// <param name="Whole">The text that it is a part of; null where it was written where it is used.</param>
/// <param name="Start">Where in that it begins.</param>
/// <param name="Syntax">Where it was written; null where it was not.</param>
internal readonly record struct TextPart(string Text, KnownValue? Whole, int Start, SyntaxNode? Syntax);

/// <summary>A member of an enumeration, or several flags.</summary>
internal sealed class EnumValue(INamedTypeSymbol type, long number) : Value
{
    public INamedTypeSymbol Type { get; } = type;

    public long Number { get; } = number;

    /// <summary>The number of a constant of any integral type.</summary>
    public static long NumberOf(object constant) => constant is ulong large ? unchecked((long)large) : Convert.ToInt64(constant, System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A value that the library says in one or more texts.</summary>
internal sealed class TextsValue(IReadOnlyList<string> texts) : Value
{
    public IReadOnlyList<string> Texts { get; } = texts;
}

/// <summary>A type as an object.</summary>
internal sealed class TypeValue(ITypeSymbol type) : Value
{
    public ITypeSymbol Type { get; } = type;
}

/// <summary>An array, a list, a set, a tuple, a pair. Lists change in place.</summary>
internal sealed class ListValue(List<Located> items, ListKind kind = ListKind.List) : Value
{
    public List<Located> Items { get; } = items;

    public ListKind Kind { get; } = kind;

    /// <summary>Whether nobody knows any more what is in it, nor how much.</summary>
    public bool IsOpen { get; set; }

    // What it is a part of, and where it begins there: what is written into it is written there.
    private (ListValue Whole, int Start)? _view;

    /// <summary>Replaces an item.</summary>
    public void Set(int position, Located value)
    {
        Items[position] = value;
        if (_view is { } view && view.Start + position < view.Whole.Items.Count)
            view.Whole.Set(view.Start + position, value);
    }

    /// <summary>A list of its own with the same items.</summary>
    public ListValue Copy() => new([.. Items], Kind) { IsOpen = IsOpen, Comparer = Comparer, Type = Type };

    /// <summary>Some of the items: by themselves, or as a view of this list.</summary>
    public ListValue Slice(int start, int count, bool isView) => new(Items.GetRange(start, count)) { _view = isView ? (this, start) : null };

    /// <summary>The type it was made as; null where that is not known.</summary>
    public ITypeSymbol? Type { get; set; }

    /// <summary>What says whether two items of a set are one, and which comes first; null where they say so themselves.</summary>
    public Value? Comparer { get; init; }

    /// <summary>What it is ordered by; null where it is not.</summary>
    public IReadOnlyList<SortKey>? SortKeys { get; init; }

    /// <summary>What the items have in common, where they are a group.</summary>
    public Located? GroupKey { get; init; }
}

/// <summary>One of the things that a sequence is ordered by.</summary>
/// <param name="Of">What it is of each item.</param>
/// <param name="IsDescending">Whether the greatest comes first.</param>
/// <param name="Comparer">What says which is greater; null where the values say so themselves.</param>
internal readonly record struct SortKey(Dictionary<Located, Value> Of, bool IsDescending, Value? Comparer);

/// <summary>How a <see cref="ListValue"/> takes and gives its items.</summary>
internal enum ListKind
{
    List,
    Tuple,
    Set,
    Stack,
    Queue,

    /// <summary>A set that is walked through in order.</summary>
    Sorted,

    /// <summary>Pairs of an item and its priority.</summary>
    Priority,

    /// <summary>Groups that are asked for by their key.</summary>
    Lookup,

    /// <summary>An array of several dimensions: its rows.</summary>
    Matrix,
}

/// <summary>A dictionary, in the order its entries were added.</summary>
internal sealed class MapValue : Value
{
    public List<KeyValuePair<Located, Located>> Entries { get; } = [];

    /// <summary>Whether it walks its entries by key.</summary>
    public bool IsSorted { get; init; }

    /// <summary>The type it was made as; null where that is not known.</summary>
    public ITypeSymbol? Type { get; set; }

    /// <summary>What says whether two keys are one, and which comes first; null where they say so themselves.</summary>
    public Value? Comparer { get; init; }

    /// <summary>Whether nobody knows any more what is in it.</summary>
    public bool IsOpen { get; set; }
}

/// <summary>A text that is being put together.</summary>
internal sealed class TextBuilderValue : Value
{
    public KnownValue Text { get; set; } = new("");
}

/// <summary>A value that is made when it is first asked for.</summary>
internal sealed class LazyValue(FunctionValue create) : Value
{
    public FunctionValue? Create { get; set; } = create;

    public Located Made { get; set; }
}

/// <summary>An object of a type of the program, or of an anonymous one: its fields, properties and captured parameters.</summary>
internal sealed class ObjectValue(INamedTypeSymbol? type, string key = "") : Value
{
    public INamedTypeSymbol? Type { get; } = type;

    /// <summary>The name of an object that came from elsewhere; empty where the reader has seen it being made.</summary>
    public string Key { get; } = key;

    /// <summary>Whether it came from elsewhere, so that what nobody has seen being written is unknown and not a default.</summary>
    public bool IsFromElsewhere => Key.Length > 0;

    public Dictionary<ISymbol, Located> Members { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The collection of the framework that it is, with more to it; null where it is none.</summary>
    public Value? Held { get; set; }

    /// <summary>Where it is created, for objects of the library.</summary>
    public SourceSpan? Place { get; init; }

    /// <summary>Another object with the same content.</summary>
    public ObjectValue Copy()
    {
        var copy = new ObjectValue(Type, Key) { Held = Held };
        foreach (var member in Members)
            copy.Members[member.Key] = member.Value;
        return copy;
    }
}

/// <summary>An object that writes settings.</summary>
internal sealed class BuilderValue(ServerDraft server, string scope) : Value
{
    public ServerDraft Server { get; } = server;

    public string Scope { get; } = scope;
}

/// <summary>A server as it was when the program asked for the whole.</summary>
internal sealed class ServerValue(ServerDraft server, ITypeSymbol type) : Value
{
    public ServerDraft Server { get; } = server;

    public ITypeSymbol Type { get; } = type;
}

/// <summary>Something that walks through a sequence.</summary>
internal sealed class EnumeratorValue(ListValue list) : Value
{
    public ListValue List { get; } = list;

    /// <summary>Where it is; before the first item to begin with.</summary>
    public int Position { get; set; } = -1;
}

/// <summary>A place in a linked list.</summary>
internal sealed class NodeValue(ListValue list, int position) : Value
{
    public ListValue List { get; } = list;

    public int Position { get; } = position;
}

/// <summary>An operation of a plan, to say more about it.</summary>
internal sealed class OperationValue(ServerDraft server, PlanCall call) : Value
{
    public ServerDraft Server { get; } = server;

    public PlanCall Call { get; } = call;
}

/// <summary>A lambda, a local function, a method group, or several of them one after the other.</summary>
internal sealed class FunctionValue(IMethodSymbol method, IOperation? body, Frame? frame, Located receiver) : Value
{
    public IMethodSymbol Method { get; } = method;

    public IOperation? Body { get; } = body;

    /// <summary>The variables it sees.</summary>
    public Frame? Frame { get; } = frame;

    public Located Receiver { get; } = receiver;

    /// <summary>What is called before it.</summary>
    public FunctionValue? Before { get; init; }

    /// <summary>What two of them share that are one object.</summary>
    public object Identity { get; private init; } = new();

    /// <summary>This one, called after others.</summary>
    public FunctionValue After(FunctionValue before) =>
        new(Method, Body, Frame, Receiver) { Before = Before is null ? before : Before.After(before), Identity = Identity };

    /// <summary>Each by itself, in the order in which they are called.</summary>
    public List<FunctionValue> Parts()
    {
        var parts = Before?.Parts() ?? [];
        parts.Add(Before is null ? this : new FunctionValue(Method, Body, Frame, Receiver) { Identity = Identity });
        return parts;
    }
}

/// <summary>A value and where it was written, if that is not where it is used.</summary>
internal readonly record struct Located(Value Value, SourceSpan? Origin)
{
    public static Located Unknown => new(Value.Unknown, null);

    public static Located Of(Value value) => new(value, null);
}
