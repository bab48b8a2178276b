using Microsoft.CodeAnalysis;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

/// <summary>What an expression of the program is known to be.</summary>
internal abstract class Value
{
    public static Value Unknown { get; } = new UnknownValue();

    private sealed class UnknownValue : Value;
}

/// <summary>A constant, an address, an end point, a duration: whatever has an exact value; a text may have unknown parts in it.</summary>
internal sealed class KnownValue(object? content) : Value
{
    public object? Content { get; } = content;
}

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

/// <summary>An array, a list, a tuple. Lists change in place.</summary>
internal sealed class ListValue(List<Located> items) : Value
{
    public List<Located> Items { get; } = items;

    /// <summary>Whether nobody knows any more what is in it, nor how much.</summary>
    public bool IsOpen { get; set; }
}

/// <summary>An object of a class of the program: its properties and fields.</summary>
internal sealed class ObjectValue : Value
{
    public Dictionary<string, Located> Members { get; } = new(StringComparer.Ordinal);
}

/// <summary>An object that writes settings.</summary>
internal sealed class BuilderValue(ServerDraft server, string scope) : Value
{
    public ServerDraft Server { get; } = server;

    public string Scope { get; } = scope;
}

/// <summary>A lambda, a local function, a method group.</summary>
internal sealed class FunctionValue(IMethodSymbol method, IOperation? body, Located receiver) : Value
{
    public IMethodSymbol Method { get; } = method;

    public IOperation? Body { get; } = body;

    public Located Receiver { get; } = receiver;
}

/// <summary>A value and where it was written, if that is not where it is used.</summary>
internal readonly record struct Located(Value Value, SourceSpan? Origin)
{
    public static Located Unknown => new(Value.Unknown, null);
}
