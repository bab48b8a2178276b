using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Where values are stored.
internal sealed partial class Interpreter
{
    private void Assign(IOperation? target, Located value, bool keepOrigin = false)
    {
        var stored = keepOrigin ? value : value with { Origin = null };
        switch (target)
        {
            case IVariableDeclaratorOperation declarator:
                _frame.Declare(declarator.Symbol, stored);
                break;
            case ILocalReferenceOperation { IsDeclaration: true } local:
                _frame.Declare(local.Local, stored);
                break;
            case ILocalReferenceOperation local when _frame.TryGet(local.Local, out var known) && known.Value is ReferenceValue reference:
                reference.Write(stored);
                break;
            case ILocalReferenceOperation local:
                _frame.Assign(local.Local, stored);
                break;
            case IInvocationOperation { TargetMethod.RefKind: not RefKind.None } or IPropertyReferenceOperation { Property.RefKind: not RefKind.None } or IConditionalOperation { IsRef: true }:
                ReferenceTo(target).Write(stored);
                break;
            case IImplicitIndexerReferenceOperation element:
                KeepItem(Evaluate(element.Instance).Value, Evaluate(element.Argument), stored);
                break;
            case IParameterReferenceOperation given when _frame.TryGet(given.Parameter, out var passed) && passed.Value is ReferenceValue by:
                by.Write(stored);
                break;
            case IParameterReferenceOperation { Parameter: var parameter }:
                if (!_frame.TryGet(parameter, out _) && parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.Constructor } && EvaluateThis(parameter.ContainingType).Value is ObjectValue own)
                    own.Members[parameter.OriginalDefinition] = stored;
                else
                    _frame.Assign(parameter, stored);
                break;
            case IFieldReferenceOperation field:
                Keep(field.Instance is null ? null : Evaluate(field.Instance), field.Field.AssociatedSymbol is IPropertySymbol backed ? backed : field.Field, stored);
                break;
            case IArrayElementReferenceOperation { Indices: [.. var leading, var last] } element:
                var row = Evaluate(element.ArrayReference);
                foreach (var index in leading)
                    row = ItemAt(row, Evaluate(index).Value, null);
                KeepItem(row.Value, Evaluate(last), stored);
                break;
            case IPropertyReferenceOperation property:
                AssignProperty(property, vocabulary.PlanFieldOf(property.Property) is null ? stored : value with { Origin = value.Origin ?? sources.SpanOf(property.Syntax) });
                break;
            case IEventReferenceOperation reference:
                Keep(reference.Instance is null ? null : Evaluate(reference.Instance), reference.Event, stored);
                break;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, value, keepOrigin);
                break;
            case ITupleOperation tuple:
                AssignParts(tuple, value, null, keepOrigin);
                break;
            case IConversionOperation conversion:
                Assign(conversion.Operand, value, keepOrigin);
                break;
        }
    }

    private void AssignProperty(IPropertyReferenceOperation reference, Located value)
    {
        var property = reference.Property;
        var instance = reference.Instance is null ? (Located?)null : Evaluate(reference.Instance);
        var setter = property.SetMethod is { } declared ? Dispatch(declared, instance is { } given ? Materialize(given) : Located.Unknown) : null;
        if (BodyOf(setter) is { } body)
        {
            var arguments = new Arguments(reference.Arguments.Length + 1);
            foreach (var argument in EvaluateArguments(reference.Arguments, reference))
            {
                if (argument.Parameter.Ordinal < setter!.Parameters.Length - 1)
                    arguments.Add(argument with { Parameter = setter.Parameters[argument.Parameter.Ordinal] });
            }

            arguments.Add(new Argument(setter!.Parameters[setter.Parameters.Length - 1], value, value.Origin ?? default));
            Follow(setter, body, instance is { } known ? Materialize(known) : Located.Unknown, arguments);
            return;
        }

        if (property.IsIndexer)
        {
            var index = reference.Arguments.Length == 1 ? Evaluate(reference.Arguments[0].Value) : Located.Unknown;
            if (instance is not { } holder || !SetInOwnCollection(holder, index, value))
                KeepItem(instance is { } kept ? Outside(kept, property).Value : Value.Unknown, index, value);
        }
        else if (instance is { Value: BuilderValue builder } && vocabulary.IsAnnotated(property))
            ApplyAssignment(builder, property, reference, value);
        else
            Keep(instance, instance is null ? property : setter?.OriginalDefinition.AssociatedSymbol ?? property, value);
    }

    private void KeepItem(Value collection, Located index, Located value)
    {
        switch (collection)
        {
            case ObjectValue { Held: { } held }:
                KeepItem(held, index, value);
                break;
            case ConfigurationValue configuration when index.Value is KnownValue { Text: { } key }:
                Put(configuration.Entries, Located.Of(new KnownValue(configuration.Section(key).Path)), value);
                break;
            case ListValue { IsOpen: false } list when PositionOf(index.Value, list.Items.Count) is { } position && position >= 0 && position < list.Items.Count:
                list.Set(position, value);
                break;
            case MapValue map:
                Put(map, index, value);
                break;
            case ListValue list:
                Escape(value);
                Scramble(list);
                break;
            default:
                Escape(value);
                break;
        }
    }

    private void Keep(Located? instance, ISymbol member, Located value)
    {
        if (instance is null)
        {
            _statics[StaticKey(member)] = value;
            return;
        }

        if (instance.Value.Value is LazyValue lazy)
            (lazy.Create, lazy.Made) = (null, value);
        else if (instance.Value.Value is KnownValue changed)
            FrameworkValues.Set(changed, member.Name, value.Value);
        else if (instance.Value.Value is ListValue { Kind: ListKind.Tuple } tuple && member is IFieldSymbol field && TupleElement(field) is { } position && position < tuple.Items.Count)
            tuple.Set(position, value);
        else if (Materialize(instance.Value).Value is ObjectValue record)
            record.Members[member.OriginalDefinition] = value;
        else
            Escape(value);
    }

    // Others may go on writing into what they get hold of.
    private void Escape(Located value) => Escape(Walked(value).Value, 0);

    private static void Escape(Value value, int depth)
    {
        if (depth > 4)
            return;
        switch (value)
        {
            case BuilderValue builder:
                builder.Server.Open(builder.Scope);
                break;
            case ServerValue server:
                server.Server.IsUsed = true;
                break;
            case ReferenceValue reference:
                Escape(reference.Read().Value, depth + 1);
                break;
            case ListValue list:
                list.Items.ForEach(item => Escape(item.Value, depth + 1));
                break;
            case MapValue map:
                map.Entries.ForEach(entry => Escape(entry.Value.Value, depth + 1));
                break;
            case ObjectValue record:
                foreach (var member in record.Members.Values)
                    Escape(member.Value, depth + 1);
                break;
        }
    }
}
