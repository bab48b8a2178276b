using StalwartHardening.Settings;

namespace StalwartHardening.Server.Records;

/// <summary>The metrics that the HTTP listeners show.</summary>
/// <param name="IsEnabled">Whether they are shown.</param>
/// <param name="AsksForPassword">Whether a password is asked for: only if both a user name and a secret are there.</param>
/// <param name="UserKey">The setting that holds the user name.</param>
/// <param name="SecretKey">The setting that holds the secret.</param>
internal sealed record PublishedMetrics(BooleanSetting IsEnabled, bool AsksForPassword, string UserKey, string SecretKey);
