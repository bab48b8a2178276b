namespace StalwartHardening.Mutation;

/// <summary>What became of a mutant.</summary>
internal enum MutationOutcome
{
    /// <summary>A test failed, or did not end.</summary>
    Killed,

    /// <summary>The tests that ran passed.</summary>
    Survived,

    /// <summary>No test of those that are fast enough enters the method.</summary>
    Unreached,
}

/// <summary>A mutant and what became of it.</summary>
internal sealed record MutationResult(Mutant Mutant, MutationOutcome Outcome);
