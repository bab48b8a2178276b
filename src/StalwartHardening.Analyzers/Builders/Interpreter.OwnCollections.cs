using Microsoft.CodeAnalysis;

namespace StalwartHardening.Analyzers.Builders;

// Classes of the program that derive from Collection<T> and have a say in what goes in and out.
internal sealed partial class Interpreter
{
    // What the collection calls of the class that derives from it; null where that has nothing of its own, or something is not known.
    private Located? InvokeOwnCollection(IMethodSymbol method, Located receiver, Arguments arguments)
    {
        if (receiver.Value is not ObjectValue { Held: ListValue { IsOpen: false } held, Type: { } type } || models.IsOfProgram(method.ContainingType) || HookOf(method.Name) is not { } hook || OwnHook(type, hook) is not { } own)
            return null;
        var given = Ordered(method, arguments);
        switch (method.Name, given.Count)
        {
            case ("Add", 1):
                CallWith(own, receiver, [At(held.Items.Count), given[0]]);
                break;
            case ("Insert", 2):
                CallWith(own, receiver, given);
                break;
            case ("RemoveAt", 1):
            case ("Clear", 0):
                CallWith(own, receiver, given);
                break;
            case ("Remove", 1) when held.Items.TrueForAll(item => AreEqual(item.Value, given[0].Value, held.Comparer) is not null):
                var place = held.Items.FindIndex(item => AreEqual(item.Value, given[0].Value, held.Comparer) == true);
                if (place >= 0)
                    CallWith(own, receiver, [At(place)]);
                return Located.Of(Value.Of(place >= 0));
            default:
                return null;
        }

        return Located.Unknown;
    }

    // "this[i] = x".
    private bool SetInOwnCollection(Located collection, Located index, Located value)
    {
        if (collection.Value is not ObjectValue { Held: ListValue { IsOpen: false } held, Type: { } type } || OwnHook(type, "SetItem") is not { } own || PositionOf(index.Value, held.Items.Count) is null)
            return false;
        CallWith(own, collection, [index, value]);
        return true;
    }

    private static string? HookOf(string method) => method switch
    {
        "Add" or "Insert" => "InsertItem",
        "Remove" or "RemoveAt" => "RemoveItem",
        "Clear" => "ClearItems",
        _ => null,
    };

    private IMethodSymbol? OwnHook(INamedTypeSymbol type, string name)
    {
        for (var current = type; current is not null && models.IsOfProgram(current); current = current.BaseType)
        {
            foreach (var member in current.GetMembers(name))
            {
                if (member is IMethodSymbol { IsOverride: true } own && BodyOf(own) is not null)
                    return own;
            }
        }

        return null;
    }
}
