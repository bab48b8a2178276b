using StalwartHardening.Settings;

namespace StalwartHardening.Server.Access;

/// <summary>The switches of a server's HTTP service.</summary>
/// <param name="Hsts">Whether answers tell browsers to stay with HTTPS; null where the version has no such switch.</param>
/// <param name="PermissiveCors">Whether web pages of any origin may read answers.</param>
/// <param name="UsesForwarded">Whether the client's address is taken from headers.</param>
/// <param name="Headers">Headers that are added to every answer.</param>
internal sealed record HttpSettings(BooleanSetting? Hsts, BooleanSetting PermissiveCors, BooleanSetting UsesForwarded, IReadOnlyList<Setting> Headers);
