namespace StalwartHardening.Fixing;

/// <summary>
/// The order in which findings are fixed: the first that can be, then again from the first finding of what came of it, until nothing is
/// left that helps. What could not be done is tried once more after something else has been, because it may be possible then.
/// </summary>
/// <typeparam name="TAttempt">What is tried for a finding: a changed text, a changed program.</typeparam>
internal sealed class FixLoop<TAttempt>
    where TAttempt : class
{
    private readonly Func<IEnumerable<FixCandidate<TAttempt>>> _candidates;
    private readonly HashSet<FindingName> _hopeless = [];
    private IEnumerator<TAttempt>? _attempts;
    private bool _hasChanged;
    private int _left;

    /// <summary>Begins.</summary>
    /// <param name="findings">How many findings there are.</param>
    /// <param name="candidates">The findings that there are at the moment, in the order in which they are to be fixed.</param>
    public FixLoop(int findings, Func<IEnumerable<FixCandidate<TAttempt>>> candidates)
    {
        _candidates = candidates;
        // Each round ends a finding and brings none of its weight, so this ends by itself; the bound is for rules with a mistake.
        _left = (findings * 3) + 10;
    }

    /// <summary>The next attempt; null where there is none.</summary>
    public TAttempt? Next()
    {
        while (_left > 0)
        {
            _attempts ??= Attempts().GetEnumerator();
            if (_attempts.MoveNext())
                return _attempts.Current;
            if (_hopeless.Count == 0 || !_hasChanged)
                return null;
            _hopeless.Clear();
            _hasChanged = false;
            _attempts = null;
        }

        return null;
    }

    /// <summary>The last attempt has been made; its findings are the candidates from now on.</summary>
    public void Take()
    {
        _attempts = null;
        _hasChanged = true;
        _left--;
    }

    private IEnumerable<TAttempt> Attempts()
    {
        foreach (var candidate in _candidates())
        {
            if (_hopeless.Contains(candidate.Name))
                continue;
            foreach (var attempt in candidate.Attempts)
                yield return attempt;
            _hopeless.Add(candidate.Name);
        }
    }
}

/// <summary>A finding that is to be fixed.</summary>
/// <param name="Name">What tells it from the others.</param>
/// <param name="Attempts">What can be tried, the best first; found when it is asked for.</param>
internal readonly record struct FixCandidate<TAttempt>(FindingName Name, IEnumerable<TAttempt> Attempts);

/// <summary>What tells a finding from others, before and after a change elsewhere.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Key">The setting.</param>
/// <param name="Message">What is said; empty where that may change with the rest.</param>
/// <param name="Server">Which of several servers it is about.</param>
internal readonly record struct FindingName(string RuleId, string Key, string Message, int Server = 0);
