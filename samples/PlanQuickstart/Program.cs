// A deployment tool in miniature: it carries the plan that it applies.
var path = Path.Combine(AppContext.BaseDirectory, "plan.ndjson");
Console.WriteLine($"{path}: {File.ReadLines(path).Count()} operations for 'stalwart-cli apply'");
