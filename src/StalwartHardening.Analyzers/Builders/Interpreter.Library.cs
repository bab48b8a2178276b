using Microsoft.CodeAnalysis;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

internal sealed partial class Interpreter
{
    // What people write between an array and a call: LINQ, texts, lists. Null where the method is not known.
    private Located? InvokeKnown(IMethodSymbol method, Located receiver, Arguments arguments)
    {
        var ordered = method.Parameters.Select(parameter => arguments.TryGetValue(parameter, out var argument) ? argument.Value : Located.Unknown).ToList();
        if (method.ContainingType is { Name: "Array", ContainingNamespace.Name: "System" } && InvokeArray(method, ordered) is { } array)
            return array;
        if (method.ContainingType is { Name: "Enumerable" } or { Name: "Array", ContainingNamespace.Name: "System" })
            return InvokeSequence(method.Name, ordered);
        if (receiver.Value is ListValue list)
            return InvokeList(method.Name, list, ordered);
        if (FrameworkValues.Call(method, [.. ordered.Select(static argument => (argument.Value as KnownValue)?.Content)]) is { } known)
            return new Located(known, null);
        if (method.ContainingType is { SpecialType: SpecialType.System_String })
            return InvokeText(method.Name, receiver, ordered);
        if (method.Name == "ToString" && method.Parameters.Length == 0 && receiver.Value is KnownValue { Content: int or long or string or System.Net.IPAddress or System.Net.IPEndPoint })
            return new Located(new KnownValue(ConcatenatedText(receiver.Value)), receiver.Origin);
        return null;
    }

    // Methods of Array change it in place, except those that hand something out.
    private Located? InvokeArray(IMethodSymbol method, List<Located> arguments)
    {
        if (!method.ReturnsVoid || method.Name == "ForEach")
            return null;
        foreach (var argument in arguments)
        {
            if (argument.Value is not ListValue list)
                continue;
            if (method.Name == "Reverse" && arguments.Count == 1)
                list.Items.Reverse();
            else
                Scramble(list);
        }

        return Located.Unknown;
    }

    private Located? InvokeSequence(string name, List<Located> arguments)
    {
        if (name == "Range" && arguments is [{ Value: KnownValue { Content: int start } }, { Value: KnownValue { Content: int count } }] && count is >= 0 and <= MaximalTurns)
            return new Located(new ListValue([.. Enumerable.Range(start, count).Select(static number => new Located(new KnownValue(number), null))]), null);
        if (name == "Empty")
            return new Located(new ListValue([]), null);
        if (arguments.Count == 0 || arguments[0].Value is not ListValue { IsOpen: false } source)
            return null;
        var function = arguments.Count > 1 ? arguments[1].Value as FunctionValue : null;
        switch (name)
        {
            case "ToArray" or "ToList" or "AsEnumerable" or "ToHashSet":
                return new Located(new ListValue([.. source.Items]), null);
            case "Select" when function is { Method.Parameters.Length: 1 }:
                return new Located(new ListValue([.. source.Items.ToList().Select(item => Call(function, [item]) with { Origin = item.Origin })]), null);
            case "SelectMany" when function is { Method.Parameters.Length: 1 } && arguments.Count == 2:
                return new Located(new ListValue([.. source.Items.ToList().SelectMany(item => Call(function, [item]).Value is ListValue inner ? inner.Items : [Located.Unknown])]), null);
            case "Where" when function is { Method.Parameters.Length: 1 }:
                return new Located(new ListValue([.. source.Items.ToList().Where(item => AsBoolean(Call(function, [item]).Value) ?? choices.Take())]), null);
            case "Concat" when arguments[1].Value is ListValue { IsOpen: false } other:
                return new Located(new ListValue([.. source.Items, .. other.Items]), null);
            case "Append":
                return new Located(new ListValue([.. source.Items, arguments[1]]), null);
            case "Prepend":
                return new Located(new ListValue([arguments[1], .. source.Items]), null);
            case "Reverse":
                return new Located(new ListValue([.. Enumerable.Reverse(source.Items)]), null);
            case "ForEach" when function is not null:
                source.Items.ToList().ForEach(item => Call(function, [item]));
                return Located.Unknown;
            default:
                return null;
        }
    }

    private Located? InvokeList(string name, ListValue list, List<Located> arguments)
    {
        switch (name)
        {
            case "Add" when arguments.Count == 1:
                list.Items.Add(arguments[0]);
                return Located.Unknown;
            case "AddRange" when arguments.Count == 1:
                if (arguments[0].Value is ListValue { IsOpen: false } added)
                    list.Items.AddRange(added.Items.ToList());
                else
                    Scramble(list);
                return Located.Unknown;
            case "ForEach" when arguments is [{ Value: FunctionValue function }]:
                list.Items.ToList().ForEach(item => Call(function, [item]));
                return Located.Unknown;
            case "ToArray":
                return new Located(new ListValue([.. list.Items]) { IsOpen = list.IsOpen }, null);
            default:
                // Whatever it does to the list, its content is not known any more.
                Scramble(list);
                return Located.Unknown;
        }
    }

    private static Located? InvokeText(string name, Located receiver, List<Located> arguments)
    {
        switch (name)
        {
            case "Concat" when !arguments.Exists(static argument => argument.Value is ListValue):
                return new Located(new KnownValue(string.Concat(arguments.Select(static argument => ConcatenatedText(argument.Value)))), null);
            case "Join" when arguments is [{ Value: KnownValue separator }, { Value: ListValue { IsOpen: false } list }]:
                return new Located(new KnownValue(string.Join(ConcatenatedText(separator), list.Items.Select(static item => ConcatenatedText(item.Value)))), null);
            case "Trim" or "ToLowerInvariant" or "ToUpperInvariant" when arguments.Count == 0 && receiver.Value is KnownValue { Content: string text } && text.IndexOf(Setting.UnknownPart) < 0:
                return new Located(new KnownValue(name == "Trim" ? text.Trim() : name == "ToLowerInvariant" ? text.ToLowerInvariant() : text.ToUpperInvariant()), null);
            case "Split" when receiver.Value is KnownValue { Content: string text } && arguments.Count > 0 && arguments[0].Value is KnownValue { Content: char separator } && text.IndexOf(Setting.UnknownPart) < 0
                && (arguments.Count == 1 || arguments[1].Value is EnumValue { Number: 0 }):
                return new Located(new ListValue([.. text.Split(separator).Select(part => new Located(new KnownValue(part), receiver.Origin))]), null);
            default:
                return null;
        }
    }
}
