using StalwartHardening.Server;

namespace StalwartHardening.Rules;

internal static class Suppressions
{
    public static IReadOnlyList<Finding> Apply(ServerConfiguration server, IReadOnlyList<Finding> findings) => findings;
}
