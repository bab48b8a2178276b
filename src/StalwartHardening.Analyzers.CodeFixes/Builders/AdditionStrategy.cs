using StalwartHardening.Rules;

namespace StalwartHardening.Analyzers.CodeFixes.Builders;

/// <summary>Writes new settings at one of the places that <see cref="CallPlaces"/> names, the best first.</summary>
/// <param name="Place">The position among the places where the settings can be written.</param>
internal sealed record AdditionStrategy(int Place)
{
    /// <summary>How many places are tried.</summary>
    public const int MaxPlaces = 8;

    /// <summary>Whether this is the best place.</summary>
    public bool IsFirst => Place == 0;

    /// <summary>As many strategies as there may be places.</summary>
    public static IEnumerable<AdditionStrategy> For(int count) => Enumerable.Range(0, count).Select(static place => new AdditionStrategy(place));

    /// <summary>Writes settings; false where there are not so many places.</summary>
    public bool Apply(EditContext context, Finding finding, IReadOnlyList<KeyValuePair<string, string>> settings)
    {
        var left = Place;
        foreach (var place in new CallPlaces(context.Program, context.Server, finding, context.CancellationToken).For(settings))
        {
            var own = new ProgramEdit();
            if (!place.Write(settings, own) || left-- > 0)
                continue;
            context.Edit.Add(own);
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => $"at place {Place + 1}";
}
