using StalwartHardening.Remedies;
using StalwartHardening.Rules;

namespace StalwartHardening.Fixing;

/// <summary>Chooses among the remedies of a finding, or none. Safe ones and others are not to be mixed unless somebody asks for it.</summary>
/// <param name="finding">The finding.</param>
/// <param name="remedies">Its remedies, the best first.</param>
internal delegate Remedy? RemedyChoice(Finding finding, IEnumerable<Remedy> remedies);

/// <summary>Choices that do not depend on what somebody says.</summary>
internal static class RemedyChoices
{
    /// <summary>The first remedy of each finding, if its safety is <paramref name="safety"/>; null for both.</summary>
    public static RemedyChoice First(RemedySafety? safety) =>
        (_, remedies) => remedies.FirstOrDefault() is { } first && (safety is null || first.Safety == safety) ? first : null;

    /// <summary>The remedy of this name, where a finding has it.</summary>
    public static RemedyChoice Named(string equivalenceKey) =>
        (_, remedies) => remedies.FirstOrDefault(remedy => remedy.EquivalenceKey == equivalenceKey);
}
