namespace StalwartHardening.Configuration;

/// <summary>What a plan makes of what a server has besides.</summary>
public enum PlanStyle
{
    /// <summary>Listeners that the plan does not name are deleted, those among them that a new server opens by itself.</summary>
    Reconcile,

    /// <summary>What the plan does not name stays as it is.</summary>
    Upsert,
}
