using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// What people write between a value and a call, of the framework's. Null where the method is not known.
internal sealed partial class Interpreter
{
    private Located? InvokeKnown(IMethodSymbol method, Located receiver, Arguments arguments, IOperation? call)
    {
        var type = method.ContainingType;
        if (InvokeHosted(method, receiver, arguments) is { } hosted)
            return hosted;
        if (call is not null && AddsConfigured(method))
            return AddConfigured(method, arguments, call);
        if (type is null || type.TypeKind == TypeKind.Error || (!FrameworkValues.IsFramework(type) && !IsUnderSystem(type.ContainingNamespace)))
            return type is not null && receiver.Value is FunctionValue ? null : InvokeUnnamed(method, receiver);
        var ordered = Ordered(method, arguments);
        if (receiver.Value is TextReaderValue reader)
            return InvokeReader(method, reader);
        if ((receiver.Value is JsonData || IsOfJson(type)) && InvokeJson(method, receiver, ordered, arguments) is { } json)
            return json;
        if (receiver.Value is EnumeratorValue enumerator)
            return InvokeEnumerator(method, enumerator);
        if (IsOfXml(type))
            return InvokeXml(method, receiver, ordered.ConvertAll(Walked));
        if (Defer(method, ordered) is { } query)
            return query;
        if (Sought(method, ordered) is { } sought)
            return sought;
        if (type.Name is "TaskAsyncEnumerableExtensions" or "ConfiguredCancelableAsyncEnumerable" && method.Name is "WithCancellation" or "ConfigureAwait")
            return method.IsStatic ? ordered[0] : receiver;
        if (!IsTask(type) || method.Name != "FromResult")
            ordered = ordered.ConvertAll(Walked);
        receiver = Walked(receiver);
        if (method.Name is "GetEnumerator" or "GetAsyncEnumerator" && receiver.Value is ListValue or MapValue or KnownValue && AsSequence(receiver.Value, null) is { } walked)
            return Located.Of(new EnumeratorValue(walked));
        if (IsOfChannels(type))
            return InvokeChannel(method, receiver, arguments, ordered);
        if (IsOfExpressions(type))
            return InvokeExpression(method, receiver, ordered);
        if (type is { Name: "File", ContainingNamespace.Name: "IO" } && call is not null)
            NoteWritten(method, ordered, call);
        if (IsPosition(type))
            return InvokePosition(method, receiver, ordered);
        var syntax = call?.Syntax;
        // An extension method that is called on its receiver has it as an instance in the operations of a query.
        if (method.IsStatic && (IsOfQueries(type) || type.Name is "MemoryExtensions" or "CollectionExtensions" or "CollectionsMarshal" || (type.IsStatic && IsCollection(type))))
            return InvokeStaticCollection(method, arguments, ordered);
        if (type is { Name: "Array", IsStatic: false } && method.IsStatic)
            return InvokeArray(method, ordered);
        switch (receiver.Value)
        {
            case NodeValue:
                return null;
            case ListValue { Kind: ListKind.Tuple } tuple when method.Name is "ToString" or "Equals" or "GetHashCode" or "CompareTo":
                return method.Name == "Equals" ? Located.Of(Equality(tuple, ordered[0].Value)) : null;
            case ListValue list:
                return InvokeList(method, list, arguments, ordered);
            case MapValue map:
                return InvokeMap(method, map, arguments, ordered);
            case TextBuilderValue builder:
                return InvokeTextBuilder(method, builder, receiver, ordered, syntax);
            case KnownValue or EnumValue or OpaqueValue when type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T && method.Name == "GetValueOrDefault":
                return Decide(IsNull(receiver.Value)) ? ordered.Count > 0 ? ordered[0] : DefaultOf(type.TypeArguments.FirstOrDefault()) : receiver;
            case KnownValue { Content: string } when method.Name is "ToArray" && type.Name is "ReadOnlySpan" or "Span":
                return receiver;
        }

        if (IsTask(type) || type is { Name: "Parallel" or "TaskFactory" or "TaskAsyncEnumerableExtensions" or "ConfiguredCancelableAsyncEnumerable" })
            return InvokeTask(method, receiver, ordered);
        if (type.SpecialType == SpecialType.System_String)
            return InvokeText(method, receiver, ordered, syntax);
        if (type.SpecialType == SpecialType.System_Enum || (receiver.Value is EnumValue && !method.IsStatic))
            return InvokeEnum(method, receiver, arguments, ordered);
        if (FrameworkValues.Call(method, receiver.Value, [.. ordered.Select(static argument => argument.Value)]) is { } known)
        {
            if (known.Output is { } output && arguments.Find(RefKind.Out) is { Target: { } target } argument)
                Assign(target, output is KnownValue { Content: null } ? DefaultOf(argument.Parameter.Type) : Located.Of(output));
            if (known.Throws)
                return Throw(known.Exception);
            return Located.Of(known.Result);
        }

        return InvokeAny(method, receiver, ordered, arguments);
    }

    // What a program is configured with, and what it is made of.
    private Located? InvokeHosted(IMethodSymbol method, Located receiver, Arguments arguments)
    {
        var on = receiver.Value is ConfigurationValue || IsHosted(receiver.Value) ? receiver.Value : arguments.First?.Value.Value;
        if (on is ConfigurationValue)
            return InvokeConfiguration(method, receiver, Ordered(method, arguments));
        if (IsHosted(on))
            return InvokeServices(method, receiver, Ordered(method, arguments));
        if (!method.IsStatic)
            return null;
        return method.Name == "Create" && arguments.First is { Value: var made } && method.ContainingType.Name == "Options" && IsOfExtensions(method.ContainingType, "Options") ? Located.Of(new OptionsValue(_ => made)) : CreateHost(method);
    }

    // A text that goes to a file may be a server's.
    private void NoteWritten(IMethodSymbol method, List<Located> arguments, IOperation call)
    {
        if (!method.Name.StartsWith("Write", StringComparison.Ordinal) || arguments.Count < 2 || call is not Microsoft.CodeAnalysis.Operations.IInvocationOperation { Arguments: [_, { Value: var written }, ..] })
            return;
        var text = arguments[1].Value switch
        {
            KnownValue { Content: string } whole => whole,
            ListValue { IsOpen: false } lines => TextOf(lines.Items.SelectMany(line => new[] { PartOf(line.Value, SyntaxAt(line.Origin)), new TextPart("\n", null, 0, null) })),
            _ => null,
        };
        if (text is not null)
            Texts.Add(new LoadedText(text, sources.SpanOf(written.Syntax), written.Syntax, IsRead: false));
    }

    // The literal that an item of a list was written as.
    private SyntaxNode? SyntaxAt(Settings.SourceSpan? origin) =>
        origin is { } span && sources.TreeOf(span) is { } tree ? tree.GetRoot(cancellationToken).FindNode(new Microsoft.CodeAnalysis.Text.TextSpan(span.Start, span.Length), getInnermostNodeForTie: true) : null;

    private static List<Located> Ordered(IMethodSymbol method, Arguments arguments)
    {
        var ordered = new List<Located>(method.Parameters.Length);
        foreach (var parameter in method.Parameters)
            ordered.Add(arguments.TryGetValue(parameter, out var argument) ? argument.Value : Located.Unknown);
        return ordered;
    }

    // What every object can be asked.
    private Located? InvokeAny(IMethodSymbol method, Located receiver, List<Located> arguments, Arguments given)
    {
        switch (method.Name)
        {
            case "ToString" when !method.IsStatic && receiver.Value is KnownValue or TextsValue:
                return arguments.Count > 0 && arguments[0].Value is KnownValue { Content: string format } ? Located.Of(Formatted(receiver.Value, format, 0)) : Located.Of(new KnownValue(Text(receiver.Value)));
            case "ReferenceEquals" when arguments is [{ Value: ObjectValue { IsFromElsewhere: false } or ListValue or MapValue or BuilderValue } one, { Value: ObjectValue { IsFromElsewhere: false } or ListValue or MapValue or BuilderValue } other]:
                return AreOne(one.Value, other.Value) is { } areOne ? Located.Of(Value.Of(areOne)) : null;
            case "Equals" or "ReferenceEquals" when arguments.Count == (method.IsStatic ? 2 : 1):
                return Located.Of(Equality(method.IsStatic ? arguments[0].Value : receiver.Value, arguments[arguments.Count - 1].Value));
            case "TryFormat" when receiver.Value is KnownValue { Content: IFormattable } number && method.Parameters is [{ Type.Name: "Span" }, ..] && arguments is [{ Value: ListValue { IsOpen: false } target }, ..] && (arguments.Count < 3 || arguments[2].Value is OpaqueValue or KnownValue { Content: null or "" }):
                return Written(Text(number), target, given);
            case "CompareTo" when receiver.Value is KnownValue { Content: { } left } && arguments is [{ Value: KnownValue { Content: { } right } }] && Numbers.IsNumber(left) && Numbers.IsNumber(right):
                return Located.Of(new KnownValue(ValueOrder.Instance.Compare(receiver.Value, arguments[0].Value)));
            case "MemberwiseClone" when receiver.Value is ObjectValue cloned:
                return Located.Of(cloned.Copy());
            case "GetType" when TypeOf(receiver.Value) is { } type:
                return Located.Of(new TypeValue(type));
            case "Create" when method.ContainingType.Name is "KeyValuePair" or "Tuple" or "ValueTuple":
                return Located.Of(new ListValue([.. arguments], ListKind.Tuple));
            case "GetBytes" or "GetString" when method.ContainingType.Name.EndsWith("Encoding", StringComparison.Ordinal) && arguments is [{ Value: KnownValue { Content: string } }]:
                return arguments[0];
            case "Deconstruct" when receiver.Value is ListValue:
                return null;
            case "ThrowIfNull" or "ThrowIfNullOrEmpty" or "ThrowIfNullOrWhiteSpace" when arguments.Count > 0:
                return arguments[0].Value is KnownValue { Content: null } ? Throw("System.ArgumentNullException") : Located.Unknown;
            case "Invariant" or "CurrentCulture" when method.ContainingType.Name == "FormattableString" && arguments is [{ Value: KnownValue }]:
                return arguments[0];
            case "Combine" or "Remove" when method.ContainingType is { Name: "Delegate" or "MulticastDelegate" } && arguments.Count == 2:
                return Located.Of(method.Name == "Combine" ? Joined(arguments[0].Value, arguments[1].Value) : Without(arguments[0].Value, arguments[1].Value));
            case "Increment" or "Decrement" or "Add" or "Exchange" or "CompareExchange" or "Read" when method.ContainingType.Name is "Interlocked" or "Volatile" && given.Find(RefKind.Ref) is { Target: { } place } changed:
                return Exchanged(method, place, changed.Value, arguments);
            case "Parse" when method.ContainingType.Name == "CompositeFormat" && arguments is [{ Value: KnownValue { Content: string } }]:
                return arguments[0];
            case "Create" when method.ContainingType.Name is "Comparer" or "EqualityComparer" && arguments is [{ Value: FunctionValue }, ..]:
                return arguments[0];
            case "GetInvocationList" when receiver.Value is FunctionValue several:
                return Located.Of(new ListValue([.. several.Parts().Select(static part => Located.Of(part))]));
            case "DynamicInvoke" when receiver.Value is FunctionValue function:
                return Call(function, arguments is [{ Value: ListValue list }] ? [.. list.Items] : arguments);
            default:
                return null;
        }
    }

    private ITypeSymbol? TypeOf(Value value) => value switch
    {
        ObjectValue record => record.Type,
        EnumValue member => member.Type,
        ListValue list => list.Type,
        MapValue map => map.Type,
        KnownValue { Content: string } => models.Compilation.GetSpecialType(SpecialType.System_String),
        KnownValue { Content: { } content } when Numbers.TypeOf(content) is var special and not SpecialType.None => models.Compilation.GetSpecialType(special),
        _ => null,
    };

    // Nobody else runs here: what is done in one step is done.
    private Located Exchanged(IMethodSymbol method, IOperation place, Located before, List<Located> arguments)
    {
        if (method.Name == "Read")
            return before;
        if (method.Name == "CompareExchange" && arguments.Count == 3 && !Decide(Equality(before.Value, arguments[2].Value)))
            return before;
        var after = method.Name switch
        {
            "Increment" => Combine(BinaryOperatorKind.Add, before.Value, new KnownValue(1), method.ReturnType),
            "Decrement" => Combine(BinaryOperatorKind.Subtract, before.Value, new KnownValue(1), method.ReturnType),
            "Add" => Combine(BinaryOperatorKind.Add, before.Value, arguments[1].Value, method.ReturnType),
            _ => arguments[1],
        };
        Assign(place, after);
        return method.Name.EndsWith("Exchange", StringComparison.Ordinal) ? before : after;
    }

    // A text that is written to where there may be room for it.
    private Located Written(string text, ListValue target, Arguments given)
    {
        var fits = text.Length <= target.Items.Count;
        for (var i = 0; fits && i < text.Length; i++)
            target.Set(i, Located.Of(new KnownValue(text[i])));
        if (given.Find(RefKind.Out) is { Target: { } written })
            Assign(written, At(fits ? text.Length : 0));
        return Located.Of(Value.Of(fits));
    }

    // Functions the program itself is asked for: a delegate's own "Invoke".
    private static Located? InvokeUnnamed(IMethodSymbol method, Located receiver) =>
        method.Name is "ToString" && receiver.Value is KnownValue or EnumValue or TextsValue && method.Parameters.Length == 0 && method.DeclaringSyntaxReferences.Length == 0 ? Located.Of(new KnownValue(Text(receiver.Value))) : null;

    private Located? InvokeStaticCollection(IMethodSymbol method, Arguments arguments, List<Located> ordered)
    {
        if (method.Name is "Create" or "CreateRange" && IsMap(method.ReturnType))
            return CreateCollection((INamedTypeSymbol)method.ReturnType, arguments);
        if (method.Name is "Create" or "CreateRange" && method.ContainingType.Name != "Enumerable")
            return Located.Of(new ListValue([.. Flat(ordered)], KindOf(method.ReturnType)));
        if (method.Name is "AsSpan" or "AsMemory" && ordered.Count > 0 && ordered[0].Value is ListValue viewed)
        {
            if (ordered.Count == 1)
                return ordered[0];
            var start = ordered[1].Value is KnownValue { Content: int from } ? from : -1;
            var count = ordered.Count == 2 ? viewed.Items.Count - start : ordered[2].Value is KnownValue { Content: int length } ? length : -1;
            return !viewed.IsOpen && start >= 0 && count >= 0 && start + count <= viewed.Items.Count ? Located.Of(viewed.Slice(start, count, isView: true)) : null;
        }

        if (method.Name is "CopyTo" or "TryCopyTo" && ordered.Count > 1 && ordered[0].Value is KnownValue { Text: { } copied })
            return Copied([.. copied.Select(static character => Located.Of(new KnownValue(character)))], false, method, ordered.GetRange(1, ordered.Count - 1));
        if (method.ContainingType.Name == "CollectionExtensions" && ordered is [{ Value: ListValue changed }, _, ..] && method.Name is "AddRange" or "InsertRange" or "CopyTo")
            return InvokeList(method, changed, arguments, ordered.GetRange(1, ordered.Count - 1));
        if (method.Name is "GetValueRefOrAddDefault" or "GetValueRefOrNullRef" && ordered is [{ Value: MapValue entries }, var own, ..])
            return EntryOf(method, entries, own, arguments);
        if (method.Name == "CreateBuilder")
            return IsMap(method.ReturnType.ContainingType) ? Located.Of(new MapValue { IsSorted = method.ContainingType.Name.Contains("Sorted"), Comparer = ComparerOf(arguments) }) : Located.Of(new ListValue([], KindOf(method.ReturnType.ContainingType)));
        if (method.Name == "TryGetNonEnumeratedCount" || ordered.Count == 0)
            return InvokeSequence(method.Name, method, ordered);
        if (ordered[0].Value is MapValue map && method.Name is "GetValueOrDefault" or "TryAdd" or "Remove" or "AsReadOnly" or "ToDictionary" or "ToFrozenDictionary" or "ToImmutableDictionary" && !(ordered.Count > 1 && ordered[1].Value is FunctionValue))
            return InvokeMap(method, map, arguments, method.Name == "GetValueOrDefault" ? ordered : ordered.GetRange(1, ordered.Count - 1));
        if (method.Name is "Split" or "SplitAny" && method.ContainingType.Name == "MemoryExtensions")
            return SplitSpan(method, ordered);
        if (ordered[0].Value is KnownValue { Text: not null } text && method.ContainingType.Name == "MemoryExtensions")
            return InvokeOnText(method, text, ordered[0], ordered.GetRange(1, ordered.Count - 1), null) ?? InvokeSequence(method.Name, method, ordered);
        return InvokeSequence(method.Name, method, ordered);
    }

    // Methods of Array change it in place, except those that hand something out.
    private Located? InvokeArray(IMethodSymbol method, List<Located> arguments)
    {
        switch (method.Name)
        {
            case "ForEach" or "Empty":
                return InvokeSequence(method.Name, method, arguments);
            case "Exists" or "Find" or "FindAll" or "TrueForAll" or "ConvertAll" or "FindLast" when arguments.Count == 2:
                return InvokeSequence(method.Name switch { "Exists" => "Any", "Find" => "FirstOrDefault", "FindAll" => "Where", "TrueForAll" => "All", "ConvertAll" => "Select", _ => "LastOrDefault" }, method, arguments);
            case "FindIndex" or "FindLastIndex" when arguments is [{ Value: ListValue { IsOpen: false } searched }, { Value: FunctionValue condition }]:
                return Located.Of(new KnownValue(PositionOf(searched, condition, isLast: method.Name == "FindLastIndex")));
            case "Copy" when arguments is [{ Value: ListValue { IsOpen: false } from }, { Value: ListValue }, { Value: KnownValue { Content: int count } }] && count >= 0 && count <= from.Items.Count:
                return Copied(from.Items.GetRange(0, count), false, method, [arguments[1]]);
            case "IndexOf" or "LastIndexOf" when arguments.Count == 2 && arguments[0].Value is ListValue { IsOpen: false } list && list.Items.TrueForAll(item => AreEqual(item.Value, arguments[1].Value) is not null):
                return Located.Of(new KnownValue(list.Items.FindIndex(item => AreEqual(item.Value, arguments[1].Value) == true)));
            case "AsReadOnly":
                return arguments[0];
            case "Reverse" when arguments is [{ Value: ListValue list }]:
                list.Items.Reverse();
                return Located.Unknown;
            case "Sort" when arguments is [{ Value: ListValue { IsOpen: false } list }, ..] && (arguments.Count == 1 || (arguments.Count == 2 && (ComparerOf(method, arguments) is not null || arguments[1].Value is FunctionValue))) && InOrder(list.Items, arguments.Count == 1 ? null : arguments[1].Value) is { } sorted:
                list.Items.Clear();
                list.Items.AddRange(sorted);
                return Located.Unknown;
            case "Fill" when arguments is [{ Value: ListValue { IsOpen: false } list }, var item]:
                for (var i = 0; i < list.Items.Count; i++)
                    list.Set(i, item);
                return Located.Unknown;
            default:
                if (!method.ReturnsVoid)
                    return null;
                arguments.ForEach(argument => Scramble(argument.Value));
                return Located.Unknown;
        }
    }

    // A task is what it results in; it runs when it is made.
    private Located? InvokeTask(IMethodSymbol method, Located receiver, List<Located> arguments)
    {
        switch (method.Name)
        {
            case "FromResult":
                return arguments[0];
            case "Run" or "StartNew" when arguments.Count > 0 && arguments[0].Value is FunctionValue function:
                return Call(function, []);
            case "ContinueWith" when arguments.Count > 0 && arguments[0].Value is FunctionValue next:
                return Call(next, [receiver]);
            case "ConfigureAwait" or "WithCancellation" or "ToBlockingEnumerable" when method.IsExtensionMethod:
                return arguments[0];
            case "GetAwaiter" or "GetResult" or "ConfigureAwait" or "AsTask" or "Preserve" or "WaitAsync" or "WithCancellation":
                return receiver;
            case "Wait" or "RunSynchronously" or "Start" or "Dispose" or "Delay" or "Yield" or "WaitAll":
                return Located.Unknown;
            case "WhenAll" or "WhenAny" when arguments.Count > 0:
                return arguments.Count == 1 && arguments[0].Value is ListValue ? arguments[0] : Located.Of(new ListValue([.. arguments]));
            case "Invoke" when arguments.Count > 0:
                foreach (var function in Flat(arguments).Select(static item => item.Value).OfType<FunctionValue>())
                    Call(function, []);
                return Located.Unknown;
            case "ForEach" or "ForEachAsync" when arguments.Count > 1:
                return InvokeSequence("ForEach", method, [arguments[0], arguments[arguments.Count - 1]]);
            case "For" when arguments is [{ Value: KnownValue { Content: int from } }, { Value: KnownValue { Content: int to } }, .., { Value: FunctionValue body }] && to - from <= MaxTurns:
                for (var i = from; i < to; i++)
                    Call(body, [Located.Of(new KnownValue(i))]);
                return Located.Unknown;
            default:
                return null;
        }
    }

    private Located? InvokeEnum(IMethodSymbol method, Located receiver, Arguments given, List<Located> arguments)
    {
        if (receiver.Value is EnumValue value && !method.IsStatic)
        {
            return method.Name switch
            {
                "ToString" => Located.Of(arguments is [{ Value: KnownValue { Content: string format } }, ..] ? Formatted(value, format, 0) : new KnownValue(NameOf(value))),
                "HasFlag" when arguments is [{ Value: EnumValue flag }] => Located.Of(Value.Of((value.Number & flag.Number) == flag.Number)),
                "Equals" when arguments.Count == 1 => Located.Of(Equality(value, arguments[0].Value)),
                "CompareTo" when arguments is [{ Value: EnumValue other }] => Located.Of(new KnownValue(value.Number.CompareTo(other.Number))),
                _ => null,
            };
        }

        var type = method.TypeArguments is [var parameter] ? Resolve(parameter) : (arguments.Count > 0 ? arguments[0].Value as TypeValue : null)?.Type;
        var rest = method.TypeArguments.Length == 0 && arguments.Count > 0 ? arguments.GetRange(1, arguments.Count - 1) : arguments;
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration)
            return null;
        var members = enumeration.GetMembers().OfType<IFieldSymbol>().Where(static field => field.HasConstantValue).OrderBy(static field => unchecked((ulong)EnumValue.NumberOf(field.ConstantValue!))).ToList();
        switch (method.Name)
        {
            case "GetValues":
                return Located.Of(new ListValue([.. members.Select(field => Located.Of(new EnumValue(enumeration, EnumValue.NumberOf(field.ConstantValue!))))]));
            case "GetNames":
                return Located.Of(new ListValue([.. members.Select(static field => Located.Of(new KnownValue(field.Name)))]));
            case "ToObject" when rest is [{ Value: KnownValue { Content: { } content } }] && Numbers.IsIntegral(content):
                return Located.Of(new EnumValue(enumeration, EnumValue.NumberOf(content)));
            case "GetName" when rest is [{ Value: EnumValue named }]:
                return Located.Of(new KnownValue(members.Find(field => EnumValue.NumberOf(field.ConstantValue!) == named.Number)?.Name));
            case "IsDefined" when rest is [{ Value: EnumValue defined }]:
                return Located.Of(Value.Of(members.Exists(field => EnumValue.NumberOf(field.ConstantValue!) == defined.Number)));
            case "IsDefined" when rest is [{ Value: KnownValue { Text: { } name } }]:
                return Located.Of(Value.Of(members.Exists(field => field.Name == name)));
            case "Parse" or "TryParse" when rest.Count > 0 && rest[0].Value is KnownValue { Text: { } text }:
                var ignoresCase = rest.Count > 1 && rest[1].Value is KnownValue { Content: true };
                var parsed = ParseEnum(text, members, ignoresCase);
                if (method.Name == "Parse")
                {
                    return parsed is { } number ? Located.Of(new EnumValue(enumeration, number)) : Throw("System.ArgumentException");
                }

                if (given.Find(RefKind.Out) is { Target: { } target })
                    Assign(target, Located.Of(new EnumValue(enumeration, parsed ?? 0)));
                return Located.Of(Value.Of(parsed is not null));
            default:
                return null;
        }
    }

    private static long? ParseEnum(string text, List<IFieldSymbol> members, bool ignoresCase)
    {
        var sum = 0L;
        foreach (var part in text.Split(','))
        {
            var name = part.Trim();
            if (long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                sum |= number;
            else if (members.Find(field => string.Equals(field.Name, name, ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal)) is { } member)
                sum |= EnumValue.NumberOf(member.ConstantValue!);
            else
                return null;
        }

        return sum;
    }
}
