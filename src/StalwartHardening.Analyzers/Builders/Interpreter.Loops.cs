using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using StalwartHardening.Settings;

namespace StalwartHardening.Analyzers.Builders;

// Loops, and what is known after one that nobody can count.
internal sealed partial class Interpreter
{
    private Flow ExecuteForEach(IForEachLoopOperation loop)
    {
        var collection = Evaluate(loop.Collection).Value;
        if (collection is DeferredValue { Stream: not null } stream)
            return ExecuteForEach(loop, stream);
        var sequence = AsSequence(collection, loop.Collection.Type) ?? new ListValue([Located.Unknown]) { IsOpen = true };
        if (sequence.IsOpen)
            Forget(loop.Body);
        var outer = _frame;
        var isByReference = loop.LoopControlVariable is IVariableDeclaratorOperation { Symbol.RefKind: not RefKind.None };
        var position = 0;
        foreach (var item in sequence.Items.ToArray())
        {
            _frame = new Frame(outer);
            if (isByReference)
                _frame.Declare(((IVariableDeclaratorOperation)loop.LoopControlVariable).Symbol, Located.Of(ReferenceTo(sequence, position++)));
            else
                AssignEach(loop, item);
            var flow = Execute(loop.Body);
            _frame = outer;
            if (flow == Flow.Break || _isSpent || _isLeaving)
                break;
            if (flow is Flow.Return or Flow.Throw or Flow.GoTo)
                return flow;
        }

        if (sequence.IsOpen)
            Forget(loop.Body);
        return Flow.Next;
    }

    private Flow ExecuteLoop(IOperation? condition, IOperation body, IEnumerable<IOperation> bottom, bool testsFirst, bool isUntil = false)
    {
        var outer = _frame;
        _loops++;
        try
        {
            for (var turn = 0; !_isSpent && !_isLeaving; turn++)
            {
                if (turn >= MaxTurns)
                {
                    LoseSight(body);
                    Forget(body);
                    break;
                }

                _frame = new Frame(outer);
                if (condition is not null && (testsFirst || turn > 0))
                {
                    if (AsBoolean(Evaluate(condition).Value) is not { } holds)
                        return ExecuteOnce(body, bottom);
                    if (holds == isUntil)
                        break;
                }

                var flow = Execute(body);
                if (flow == Flow.Break)
                    break;
                if (flow is Flow.Return or Flow.Throw or Flow.GoTo)
                    return flow;
                ExecuteAll(bottom);
            }
        }
        finally
        {
            _loops--;
            _frame = outer;
        }

        return Flow.Next;
    }

    // Nobody knows how often: once stands for all.
    private Flow ExecuteOnce(IOperation body, IEnumerable<IOperation> bottom)
    {
        Forget(body);
        foreach (var step in bottom)
            Forget(step);
        var once = Execute(body);
        Forget(body);
        return once is Flow.Return or Flow.Throw or Flow.GoTo ? once : Flow.Next;
    }

    // What is written into variables an unknown number of times is not known before, between and after.
    private void Forget(IOperation body)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            var target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation increment => increment.Target,
                IInvocationOperation { Instance: { } instance } => instance,
                _ => null,
            };
            if (target is null)
                continue;
            if (operation is IInvocationOperation)
            {
                Scramble(ValueAt(target));
                continue;
            }

            foreach (var part in target is ITupleOperation or IDeclarationExpressionOperation ? target.DescendantsAndSelf() : [target])
            {
                if (part is ILocalReferenceOperation or IParameterReferenceOperation || (part is IMemberReferenceOperation { Instance: null or IInstanceReferenceOperation } && part == target))
                    Assign(part, Fresh(part.Type));
            }
        }
    }

    // What a variable holds, without making anything happen.
    private Value? ValueAt(IOperation target) => target switch
    {
        ILocalReferenceOperation local => _frame.TryGet(local.Local, out var value) ? value.Value : null,
        IParameterReferenceOperation parameter => _frame.TryGet(parameter.Parameter, out var value) ? value.Value : null,
        IFieldReferenceOperation { Instance: IInstanceReferenceOperation } field => _frame.Receiver.Value is ObjectValue own && own.Members.TryGetValue(field.Field.OriginalDefinition, out var value) ? value.Value : null,
        IPropertyReferenceOperation { Instance: IInstanceReferenceOperation } property => _frame.Receiver.Value is ObjectValue own && own.Members.TryGetValue(property.Property.OriginalDefinition, out var value) ? value.Value : null,
        _ => null,
    };

    private void Scramble(Value? value)
    {
        switch (value)
        {
            case ListValue list:
                list.Items.ForEach(Escape);
                list.Items.Clear();
                list.Items.Add(Located.Unknown);
                list.IsOpen = true;
                break;
            case MapValue map:
                map.Entries.ForEach(entry => Escape(entry.Value));
                map.IsOpen = true;
                break;
            case TextBuilderValue text:
                text.Text = new KnownValue(text.Text.Content + Setting.UnknownPart.ToString());
                break;
        }
    }
}
