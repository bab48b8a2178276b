namespace StalwartHardening.Configuration.Annotations;

/// <summary>Says what a call adds to a plan, or to the operation that an earlier call has added.</summary>
/// <param name="verb">
/// <c>upsert</c>, <c>reconcile</c>, <c>create</c>, <c>update</c> or <c>destroy</c> for an operation on the arguments (of the type argument's
/// type, where there is one); <c>matchOn</c>, <c>scope</c> or <c>set</c> for what an operation says besides;
/// <c>accessRules</c> for a method that makes an expression of the rules which its delegate adds.
/// </param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PlanOperationAttribute(string verb) : Attribute
{
    /// <summary>What is added.</summary>
    public string Verb { get; } = verb;
}
