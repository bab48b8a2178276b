namespace StalwartHardening.Plans;

/// <summary>Which objects ids and <c>#references</c> lead to while an operation runs.</summary>
internal abstract class PlanReferences
{
    public static PlanReferences None { get; } = new NoReferences();

    /// <summary>The object that a client id (without its <c>#</c>) stands for; null where nobody has made it.</summary>
    public abstract StateObject? Resolve(string clientId);

    /// <summary>The object of a type with an id that the server gave; null where it is not known.</summary>
    public abstract StateObject? FindById(PlanType type, string id);

    private sealed class NoReferences : PlanReferences
    {
        public override StateObject? Resolve(string clientId) => null;

        public override StateObject? FindById(PlanType type, string id) => null;
    }
}
