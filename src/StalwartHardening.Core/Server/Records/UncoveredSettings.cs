using StalwartHardening.Settings;

namespace StalwartHardening.Server.Records;

/// <summary>What is in the file although the configuration's own list leaves it to the server's database.</summary>
/// <param name="List">What the list is called.</param>
/// <param name="First">The first such setting in the text.</param>
/// <param name="Name">Its name, as it may be shown.</param>
/// <param name="Families">How many families of settings there are such settings of.</param>
/// <param name="Pattern">What would cover the first one.</param>
/// <param name="NextKey">The key of a further entry of the list; null where one value stands for the list.</param>
internal sealed record UncoveredSettings(string List, Setting First, string Name, int Families, string Pattern, string? NextKey);
