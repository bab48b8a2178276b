namespace StalwartHardening.Mutation;

/// <summary>What became of a mutant.</summary>
internal enum MutationOutcome
{
    /// <summary>A test failed, or did not end.</summary>
    Killed,

    /// <summary>The tests that ran passed.</summary>
    Survived,

    /// <summary>No test enters the block it is in.</summary>
    Unreached,
}

/// <summary>A mutant, what became of it, and the class of the test that killed it.</summary>
internal sealed record MutationResult(Mutant Mutant, MutationOutcome Outcome, string? Killer);
