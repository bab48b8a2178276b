using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace StalwartHardening.Analyzers.Builders;

// Delegates of several parts, and events.
internal sealed partial class Interpreter
{
    private Located EvaluateSubscription(IEventAssignmentOperation subscription)
    {
        if (subscription.EventReference is not IEventReferenceOperation reference)
            return Located.Unknown;
        var instance = reference.Instance is null ? (Located?)null : Evaluate(reference.Instance);
        var handler = Evaluate(subscription.HandlerValue).Value;
        if (reference.Event.DeclaringSyntaxReferences.Length == 0)
        {
            // Somebody else's event: what is handed over is called when it happens.
            EscapeFunction(handler, subscription, []);
            return Located.Unknown;
        }

        if ((subscription.Adds ? reference.Event.AddMethod : reference.Event.RemoveMethod) is { } declared && Dispatch(declared, instance ?? Located.Unknown) is var accessor && BodyOf(accessor) is not null)
            return CallWith(accessor, instance ?? Located.Unknown, [Located.Of(handler)]);
        var before = MemberOf(instance, reference.Event, reference.Event.Type).Value;
        Keep(instance, reference.Event, Located.Of(subscription.Adds ? Joined(before, handler) : Without(before, handler)));
        return Located.Unknown;
    }

    // What takes delegates away takes the last that are the same; where nobody can tell whether any is, all are left: more may happen than does.
    private Value Without(Value all, Value taken)
    {
        if (all is not FunctionValue from || taken is not FunctionValue gone)
            return all;
        var (kept, sought) = (from.Parts(), gone.Parts());
        for (var start = kept.Count - sought.Count; start >= 0; start--)
        {
            if (All(sought.Count, i => AreSame(kept[start + i], sought[i])) is not true)
                continue;
            kept.RemoveRange(start, sought.Count);
            // The program says here what becomes of it: nothing.
            Followed.UnionWith(sought.Select(static part => part.Method.OriginalDefinition));
            return kept.Count == 0 ? Value.Null : kept.Aggregate(static (before, next) => next.After(before));
        }

        return all;
    }

    // The same method of the same object. A lambda is the same only as itself.
    private bool? AreSame(FunctionValue one, FunctionValue other)
    {
        if (one.Body is not null || other.Body is not null)
            return ReferenceEquals(one.Identity, other.Identity);
        if (!SymbolEqualityComparer.Default.Equals(one.Method, other.Method))
            return false;
        return one.Method.IsStatic || one.Method.MethodKind == MethodKind.LocalFunction ? true : AreEqual(one.Receiver.Value, other.Receiver.Value);
    }

    // Two delegates become one that calls both.
    private static Value Joined(Value first, Value second) => (first, second) switch
    {
        (FunctionValue one, FunctionValue other) => other.After(one),
        (FunctionValue one, _) => one,
        (_, FunctionValue other) => other,
        _ => first,
    };
}
