using StalwartHardening.Expressions;
using StalwartHardening.Settings;

namespace StalwartHardening.Server.Access;

/// <summary>A request that access control refuses, and its twin that it lets through although the server does the same with it.</summary>
/// <param name="Setting">The setting with the rule that is avoided.</param>
/// <param name="Variable">What the rule asks for.</param>
/// <param name="Refused">The request that is refused.</param>
/// <param name="Twin">The request that is not.</param>
/// <param name="Reason">Why, and what to do, as the end of a sentence.</param>
internal sealed record HttpAccessBypass(Setting Setting, HttpVariable Variable, string Refused, string Twin, string Reason);
