using StalwartHardening.Settings;

namespace StalwartHardening.Server.Accounts;

/// <summary>What the server demands of passwords that users choose; nothing where its own demands hold.</summary>
/// <param name="MinLength">The least number of characters, where it is written.</param>
/// <param name="MinStrength">How hard the password must be to guess, from <c>zero</c> to <c>four</c>, where it is written.</param>
internal readonly record struct PasswordDemands(Setting? MinLength, Setting? MinStrength);
