using Tradepost.Storage.Migrations;

namespace Tradepost.Training;

/// <summary>The tables of models and predictions in a store.</summary>
public static class TrainingMigrations
{
    public static MigrationSet Set { get; } = MigrationSet.FromAssembly("training", typeof(TrainingMigrations).Assembly);
}
