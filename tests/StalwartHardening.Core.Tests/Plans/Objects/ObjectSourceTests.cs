namespace StalwartHardening.Tests.Plans.Objects;

/// <summary>The typed objects of the Configuration library are what the tables of the server's schema say.</summary>
public sealed class ObjectSourceTests
{
    private static readonly string Folder = Repository.PathOf("src", "StalwartHardening.Configuration", "Objects", "Generated");

    [Fact]
    public void Typed_objects_are_up_to_date()
    {
        var source = ObjectSource.Write();
        foreach (var (name, text) in source.Files)
            GeneratedFile.AssertUpToDate(Path.Combine(Folder, name), text);
        GeneratedFile.AssertUpToDate(Path.Combine(Folder, "PublicAPI.Unshipped.txt"), source.PublicApi);
        var known = source.Files.Keys.Select(static name => Path.GetFileName(name)).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(Folder, "*.g.cs", SearchOption.AllDirectories).Where(file => !known.Contains(Path.GetFileName(file))))
        {
            if (Environment.GetEnvironmentVariable("UPDATE_GENERATED") == "1")
                File.Delete(file);
            else
                Assert.Fail($"{file} belongs to no type of the server. Run the tests once with UPDATE_GENERATED=1.");
        }
    }

    [Fact]
    public void Every_object_of_the_server_has_a_type()
    {
        var tables = ObjectTables.Read();
        foreach (var name in StalwartHardening.Plans.PlanSchema.Instance.TypeNames)
        {
            if (StalwartHardening.Plans.PlanSchema.Instance.FindObject(name.AsSpan()) is not null)
                Assert.Contains(name, tables.Types.Keys);
        }

        Assert.Equal(117, tables.Types.Values.Count(static type => type.Kind != "embedded"));
    }
}
